package io.marketpipeline.maven.config;

import java.util.Optional;

/**
 * One thing that is wrong with the configuration.
 *
 * @param where the element's path, such as {@code <function><memory>}, or a switch, such as {@code -Denv}
 * @param value what stands there; empty where nothing does
 * @param allowed what may stand there, as the end of the sentence 'must be ...'
 * @param example an element or switch that works
 */
public record Problem(String where, Optional<String> value, String allowed, String example) {
    /** One line: where, value, what is allowed, an example. */
    @Override
    public String toString() {
        return where + value.map(v -> " is '" + v + "'").orElse(" is missing") + ", must be " + allowed + "; example: "
                + example;
    }
}
