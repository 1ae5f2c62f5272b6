package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An event source mapping: which queue's messages go to which function, and how. Immutable.
 *
 * @param configuration the members of the API's configuration; never changed
 */
record SourceMapping(ObjectNode configuration) {
    private static final int DEFAULT_CONCURRENCY = 1000;

    String uuid() {
        return configuration.path("UUID").asText();
    }

    String queueArn() {
        return configuration.path("EventSourceArn").asText();
    }

    String functionArn() {
        return configuration.path("FunctionArn").asText();
    }

    FunctionReference function() {
        return FunctionReference.of(functionArn(), "");
    }

    boolean enabled() {
        return configuration.path("State").asText().equals("Enabled");
    }

    int batchSize() {
        return configuration.path("BatchSize").asInt();
    }

    long windowNanos() {
        return configuration.path("MaximumBatchingWindowInSeconds").asLong() * 1_000_000_000L;
    }

    /** Invocations at once, at most. */
    int concurrency() {
        return configuration.path("ScalingConfig").path("MaximumConcurrency").asInt(DEFAULT_CONCURRENCY);
    }

    boolean partialAnswers() {
        for (JsonNode type : configuration.path("FunctionResponseTypes")) {
            if (type.asText().equals("ReportBatchItemFailures")) {
                return true;
            }
        }
        return false;
    }
}
