package io.marketpipeline.maven.stack;

import java.time.Instant;
import java.util.Optional;

/**
 * A published version of the function: code and configuration that never change again.
 *
 * @param number Lambda's number, ascending
 * @param codeSha256 of the zip, 64 lower-case hexadecimal digits
 * @param published when; empty where the endpoint doesn't say
 * @param memory MB
 * @param description what it was published with
 */
record PublishedVersion(int number, String codeSha256, Optional<Instant> published, int memory, String description) {
    private static final int SHOWN_DIGITS = 12;

    /** The first digits of the code's hash, which tell versions apart for a person. */
    String shortCode() {
        return codeSha256.substring(0, Math.min(SHOWN_DIGITS, codeSha256.length()));
    }

    /** The version with its code and age, as in 'version 3 (code 0123456789ab, published ...)'. */
    String words() {
        return "version " + number + " (code " + shortCode()
                + published.map(at -> ", published " + at).orElse("") + ")";
    }
}
