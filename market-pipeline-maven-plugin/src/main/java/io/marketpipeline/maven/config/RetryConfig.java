package io.marketpipeline.maven.config;

import java.time.Duration;

/**
 * How often and how long a failed event is tried again, by EventBridge (hand-off to Lambda) and by Lambda (failures of
 * the function).
 *
 * @param attempts tries after the first, 0 to 185
 * @param maxAge of an event that is still tried, a minute to a day
 */
public record RetryConfig(int attempts, Duration maxAge) {
    private static final int FUNCTION_MAX_ATTEMPTS = 2;
    private static final int FEWEST_RECEIVES = 5;
    private static final Duration FUNCTION_MAX_AGE = Duration.ofHours(6);

    /** Lambda's own limit is 2 (Lambda API reference, PutFunctionEventInvokeConfig). */
    public int functionAttempts() {
        return Math.min(attempts, FUNCTION_MAX_ATTEMPTS);
    }

    /** Lambda's own limit is six hours (Lambda API reference, PutFunctionEventInvokeConfig). */
    public Duration functionMaxAge() {
        return maxAge.compareTo(FUNCTION_MAX_AGE) < 0 ? maxAge : FUNCTION_MAX_AGE;
    }

    /**
     * How often a queue hands a message out before it is a dead letter. At least five times, since a batch that found no
     * free place counts as well (Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping").
     */
    public int receives() {
        return Math.max(FEWEST_RECEIVES, attempts + 1);
    }

    static RetryConfig read(Reading retry) {
        return new RetryConfig(
                retry.integer("attempts", 2, 0, 185, "tries after the first"),
                Duration.ofSeconds(retry.integer("maxAge", 3600, 60, 86_400, "seconds")));
    }
}
