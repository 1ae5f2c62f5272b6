package io.marketpipeline.maven.stack;

import java.time.Duration;
import java.util.List;

/**
 * How the removal of a stack ended.
 *
 * @param existed whether there was a stack
 * @param kept what holds data and stayed behind
 * @param took from the first look to the last
 */
public record Removal(boolean existed, List<Kept> kept, Duration took) {
    public Removal {
        kept = List.copyOf(kept);
    }

    /**
     * A resource that outlives its stack.
     *
     * @param type such as {@code AWS::DynamoDB::Table}
     * @param physicalId a table's name, a key's id
     */
    public record Kept(String type, String physicalId) {}
}
