package io.marketpipeline.local.events;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One target of a rule. Immutable.
 *
 * @param json the members of the API's target; never changed
 */
record Target(ObjectNode json) {
    /** EventBridge's defaults: 24 hours and 185 tries. */
    private static final int DEFAULT_RETRIES = 185;

    private static final int DEFAULT_AGE_SECONDS = 86_400;

    String id() {
        return json.path("Id").asText();
    }

    String arn() {
        return json.path("Arn").asText();
    }

    /** The service of the ARN, such as {@code lambda}. */
    String service() {
        String[] parts = arn().split(":", 4);
        return parts.length > 2 ? parts[2] : "";
    }

    int maximumRetries() {
        return json.path("RetryPolicy").path("MaximumRetryAttempts").asInt(DEFAULT_RETRIES);
    }

    int maximumAgeSeconds() {
        return json.path("RetryPolicy").path("MaximumEventAgeInSeconds").asInt(DEFAULT_AGE_SECONDS);
    }

    /** ARN of the dead-letter queue; empty for none. */
    String deadLetterArn() {
        return json.path("DeadLetterConfig").path("Arn").asText();
    }
}
