package io.marketpipeline.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What requests are signed with. Never printed.
 *
 * @param sessionToken null where they aren't temporary
 * @param expiration null where they hold for good, or where nothing says how long
 */
record Credentials(String accessKey, String secretKey, @Nullable String sessionToken, @Nullable Instant expiration) {
    @Override
    public String toString() {
        return "Credentials[" + accessKey + "]";
    }
}
