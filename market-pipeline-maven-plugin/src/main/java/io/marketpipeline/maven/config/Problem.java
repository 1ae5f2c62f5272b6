package io.marketpipeline.maven.config;

import java.util.Optional;

/**
 * One thing that is wrong with the configuration.
 *
 * @param where the element's path, such as {@code <function><memory>}, or a switch, such as {@code -Denv}
 * @param wrong what is wrong with it, as the rest of a sentence that begins with {@code where}
 * @param allowed what helps, as a clause of its own
 * @param example an element or switch that works
 */
public record Problem(String where, String wrong, String allowed, String example) {
    /**
     * A value that isn't allowed, or that is missing.
     *
     * @param value what stands there; empty where nothing does
     * @param allowed what may stand there, as the end of the sentence 'must be ...'
     */
    public static Problem of(String where, Optional<String> value, String allowed, String example) {
        String wrong = value.filter(text -> !text.isEmpty())
                .map(text -> "is '" + visible(text) + "'")
                .orElse("is missing");
        return new Problem(where, wrong, "must be " + allowed, example);
    }

    /** A value stays in its line, and what is hidden in it shows. */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.chars()
                .forEach(c -> visible.append(
                        UnfitText.isHidden(c) ? String.format("\\u%04x", c) : Character.toString((char) c)));
        return visible.toString();
    }

    /** One line: where, what is wrong, what is allowed, an example. */
    @Override
    public String toString() {
        return where + " " + wrong + ", " + allowed + "; example: " + example;
    }
}
