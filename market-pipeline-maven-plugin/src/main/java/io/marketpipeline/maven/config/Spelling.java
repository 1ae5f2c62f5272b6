package io.marketpipeline.maven.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Tells an element that nobody knows, and the one that was probably meant. */
public final class Spelling {
    private static final int MAX_DISTANCE = 3;

    private Spelling() {}

    /** The problem with a top-level element that isn't among the known ones. */
    public static Problem unknownElement(String name, Collection<String> known) {
        return unknownElement("", name, known);
    }

    /**
     * The problem with an element that isn't among those of its parent.
     *
     * @param parent path of the parent, such as {@code <function>}; empty for the plugin's configuration
     */
    public static Problem unknownElement(String parent, String name, Collection<String> known) {
        String meant = closest(name, known)
                .map(word -> "did you mean <" + word + ">?")
                .orElse("goal help with -Ddetail lists the elements");
        return new Problem(
                parent + "<" + name + ">",
                "isn't an element of " + (parent.isEmpty() ? "this plugin" : parent),
                meant,
                parent + "<"
                        + closest(name, known)
                                .orElse(
                                        parent.isEmpty()
                                                ? "function"
                                                : known.iterator().next()) + ">");
    }

    /** The known word that takes the fewest changes of a letter, where few are enough. */
    static Optional<String> closest(String word, Collection<String> known) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= MAX_DISTANCE)
                .min(Comparator.comparingInt((String candidate) -> distance(wanted, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
