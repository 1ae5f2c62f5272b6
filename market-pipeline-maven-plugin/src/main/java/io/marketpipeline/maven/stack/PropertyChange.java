package io.marketpipeline.maven.stack;

import java.util.Optional;

/**
 * One value of a resource that changes.
 *
 * @param path within the properties, such as {@code Environment.Variables.LOG_LEVEL}
 * @param before as text; empty where there was none
 * @param after as text; empty where there will be none
 * @param replaces whether this change makes a new resource in the place of the old one
 * @param deployed what was deployed, where somebody changed it by hand to {@code before}
 */
public record PropertyChange(
        String path, Optional<String> before, Optional<String> after, boolean replaces, Optional<String> deployed) {
    private static final int LONGEST = 120;

    /** A value that nobody changed by hand. */
    public PropertyChange(String path, Optional<String> before, Optional<String> after, boolean replaces) {
        this(path, before, after, replaces, Optional.empty());
    }

    /** The same, changed by hand from what was deployed. */
    PropertyChange changedByHandFrom(String value) {
        return new PropertyChange(path, before, after, replaces, Optional.of(value));
    }

    /** One line: path, old and new value, what it forces. */
    public String line() {
        String values = before.isEmpty()
                ? shown(after.orElse(""))
                : shown(before.get())
                        + deployed.map(value -> " (by hand, was " + shown(value) + ")")
                                .orElse("")
                        + " -> "
                        + after.map(PropertyChange::shown).orElse("(none)");
        return path + ": " + values + (replaces ? "  (forces replacement)" : "");
    }

    private static String shown(String value) {
        String line = value.isEmpty() ? "''" : value.replace("\n", "\\n");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
