package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.config.UserFixableException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a feed does wrong, and how often. Immutable.
 *
 * @param shares of the events that it happens to, 0 to 1, by what happens; none for a faultless feed
 * @param seed what decides which events those are; the same seed and files give the same
 */
public record Injection(Map<Fault, Double> shares, long seed) {
    /** No faults. */
    public static final Injection NONE = new Injection(Map.of(), 0);

    private static final Pattern PART = Pattern.compile("\\s*([a-z]+):([0-9]+(?:\\.[0-9]+)?)%\\s*");

    /** What may happen to an event. */
    enum Fault {
        /** It is sent twice. */
        DUPLICATES,
        /** It is sent behind up to 1,000 later ones. */
        LATE,
        /** Up to 1,000 events later another one takes it back. */
        CANCELS;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Injection {
        shares = Map.copyOf(shares);
    }

    /**
     * Reads faults like {@code duplicates:1%,late:0.5%}.
     *
     * @throws UserFixableException if the text isn't that
     */
    public static Injection parse(String text, long seed) {
        Map<Fault, Double> shares = new EnumMap<>(Fault.class);
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            Optional<Fault> fault = matcher.matches() ? fault(matcher.group(1)) : Optional.empty();
            double percent = fault.isPresent() ? Double.parseDouble(matcher.group(2)) : -1;
            if (fault.isEmpty() || percent > 100 || shares.put(fault.get(), percent / 100) != null) {
                throw new UserFixableException(
                        "-Dinject is '" + text + "', must be any of duplicates, late and cancels,"
                                + " each once and with its share of the events; example: duplicates:1%,late:0.5%,cancels:0.1%");
            }
        }
        return new Injection(shares, seed);
    }

    boolean isNone() {
        return shares.isEmpty();
    }

    double share(Fault fault) {
        return shares.getOrDefault(fault, 0.0);
    }

    private static Optional<Fault> fault(String label) {
        for (Fault fault : Fault.values()) {
            if (fault.label().equals(label)) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
