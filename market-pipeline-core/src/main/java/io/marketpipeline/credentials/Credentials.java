package io.marketpipeline.credentials;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What requests are signed with. Never printed.
 *
 * @param sessionToken empty where they aren't temporary
 * @param expiration null where they hold for good, or where nothing says how long
 */
public record Credentials(String accessKey, String secretKey, String sessionToken, @Nullable Instant expiration) {
    /** Whether there are any. */
    public boolean isThere() {
        return !accessKey.isEmpty() && !secretKey.isEmpty();
    }

    /** Whether they hold at a time, as far as is known. */
    public boolean holdAt(Instant time) {
        return isThere() && (expiration == null || time.isBefore(expiration));
    }

    @Override
    public String toString() {
        return "Credentials[" + accessKey + "]";
    }
}
