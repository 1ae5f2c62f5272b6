package io.marketpipeline.maven.stack;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Hides what nobody may read over a shoulder or in a pull request: values that look secret by their name. Immutable. */
final class Secrets {
    static final String HIDDEN = "(hidden)";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(secret|passw|passphrase|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key).*");

    private final List<String> values;

    /**
     * Hides by name, and wherever one of the values turns up.
     *
     * @param values secret whatever they are called, such as those of parameters with {@code NoEcho}
     */
    Secrets(Collection<String> values) {
        this.values = values.stream().filter(value -> !value.isEmpty()).toList();
    }

    /** The value, or a word in its place. */
    String shown(String path, String value) {
        String name = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean secret = SECRET_NAME.matcher(name).matches() || values.stream().anyMatch(value::contains);
        return secret ? HIDDEN : value;
    }
}
