package io.marketpipeline.publish;

import java.util.Objects;

/**
 * Identity of a row of a data set: the same row has the same identity however often it is sent, so that the pipeline
 * stores it once. It never depends on the row's content, since a real tape holds many rows that are equal in all but
 * their sequence number. Immutable.
 *
 * @param dataSet name of the data set, letters, digits, {@code .}, {@code _} and {@code -}
 * @param kind kind of event, such as {@code trade} or {@code quote}; characters as in {@code dataSet}
 * @param symbol instrument
 * @param sequence place of the row, unique per data set, kind and symbol
 */
public record EventIdentity(String dataSet, String kind, String symbol, long sequence) {
    /** Throws {@link IllegalArgumentException} for a blank part, or a data set or kind with other characters. */
    public EventIdentity {
        requireName("data set", dataSet);
        requireName("kind", kind);
        if (Objects.requireNonNull(symbol, "symbol").isBlank()) {
            throw new IllegalArgumentException("symbol is blank");
        }
    }

    /** The value of {@code detail.event_id}: the parts joined by colons. Two identities never share one value. */
    public String value() {
        // Only the symbol may hold a colon, and the parts around it can't: so the value can be read one way only.
        return dataSet + ":" + kind + ":" + symbol + ":" + sequence;
    }

    private static void requireName(String what, String value) {
        if (!Objects.requireNonNull(value, what).matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException(
                    what + " '" + value + "' may hold letters, digits, '.', '_' and '-' only");
        }
    }
}
