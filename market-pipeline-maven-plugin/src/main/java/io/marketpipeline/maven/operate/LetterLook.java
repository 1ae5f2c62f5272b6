package io.marketpipeline.maven.operate;

import java.util.Locale;
import java.util.Optional;

/**
 * How far a look at the dead letters got. Immutable.
 *
 * @param seen letters that were
 * @param unseen others that the queue says it has; it knows only about
 * @param elsewhere of these, those that somebody else has received and not deleted
 */
public record LetterLook(long seen, long unseen, long elsewhere) {
    /** Whether the queue says that there are no others. */
    public boolean whole() {
        return unseen == 0;
    }

    /** What wasn't seen, in words, such as {@code about 12 more letters (5 of them held by another reader)}. */
    public String rest() {
        return String.format(Locale.ROOT, "about %,d more %s", unseen, unseen == 1 ? "letter" : "letters")
                + (elsewhere == 0 ? "" : String.format(Locale.ROOT, " (%,d held by another reader)", elsewhere));
    }

    /**
     * A warning for whoever takes what was seen for all; empty if it is.
     *
     * @param limit how many were to be looked at, at most
     */
    Optional<String> warning(int limit) {
        return whole()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d looked at, but the queue says that it has %s. %s",
                        seen,
                        rest(),
                        wayOut(limit)));
    }

    /** What must follow where something is said not to be a dead letter; empty if all were seen. */
    public String doubt() {
        return whole()
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", as far as the dead letters were seen: %,d were, and the queue says that it has %s",
                        seen,
                        rest());
    }

    /** What to do in order to see the rest. */
    String wayOut(int limit) {
        return seen >= limit
                ? "Raise -Dlimit to see more"
                : "What another reader holds is hidden for some minutes, and the queue counts late by up to a minute: look"
                        + " again in two minutes";
    }
}
