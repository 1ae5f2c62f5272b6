package io.marketpipeline.maven.config;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an endpoint's URL may be. It is shown in messages and in commands to copy, so it holds neither a password nor what a
 * shell would run.
 */
public final class EndpointUrl {
    public static final String ALLOWED =
            "an http or https URL of host, port and path, without user, query or characters that a shell reads";

    private static final Pattern URL =
            Pattern.compile("https?://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?");

    private EndpointUrl() {}

    /** The URL; empty where it isn't one of an endpoint. */
    public static Optional<URI> parse(String text) {
        return Optional.of(text)
                .filter(url -> URL.matcher(url).matches())
                .map(URI::create)
                .filter(uri -> uri.getHost() != null);
    }
}
