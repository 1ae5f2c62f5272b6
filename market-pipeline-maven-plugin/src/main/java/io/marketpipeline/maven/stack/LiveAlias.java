package io.marketpipeline.maven.stack;

import java.util.Map;
import java.util.Optional;

/**
 * Where the alias that the rules invoke points.
 *
 * @param version number of a published version, or {@code $LATEST}
 * @param description what the alias says of itself
 * @param weights other versions that get a share of the events, by number; empty where all go to {@code version}
 * @param revision Lambda's id of this state of the alias; empty where it gives none
 */
record LiveAlias(String version, String description, Map<String, Double> weights, Optional<String> revision) {
    LiveAlias {
        weights = Map.copyOf(weights);
    }

    /** Whether everything goes to this version. */
    boolean pointsTo(int number) {
        return version.equals(Integer.toString(number)) && weights.isEmpty();
    }

    /** Whether a part of the events, or all, goes to this version. */
    boolean uses(int number) {
        return version.equals(Integer.toString(number)) || weights.containsKey(Integer.toString(number));
    }

    /** The version in words, with the shares of others. */
    String words() {
        StringBuilder words = new StringBuilder("version " + version);
        weights.forEach((other, share) -> words.append(" and, for ")
                .append(Math.round(share * 100))
                .append(" % of the events, ")
                .append(other));
        return words.toString();
    }
}
