package io.marketpipeline.local.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the service that a request is signed for. Signatures themselves are not checked: any credentials do. */
final class CredentialScope {
    private static final Pattern HEADER =
            Pattern.compile("Credential=[^/\\s]+/[0-9]{8}/[^/]*/([a-z0-9-]+)/aws4_request");
    private static final Pattern PRESIGNED = Pattern.compile("[^/]+/[0-9]{8}/[^/]*/([a-z0-9-]+)/aws4_request");

    private CredentialScope() {}

    /** The service in the {@code Authorization} header, else in the presigned query; empty for an unsigned request. */
    static Optional<String> service(@Nullable String authorization, Map<String, String> query) {
        if (authorization != null) {
            Matcher matcher = HEADER.matcher(authorization);
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }
        Matcher matcher = PRESIGNED.matcher(query.getOrDefault("X-Amz-Credential", ""));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
