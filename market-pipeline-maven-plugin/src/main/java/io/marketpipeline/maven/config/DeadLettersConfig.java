package io.marketpipeline.maven.config;

/**
 * The dead-letter queue.
 *
 * @param retentionDays 1 to 14
 */
public record DeadLettersConfig(int retentionDays) {
    static DeadLettersConfig read(Reading deadLetters) {
        return new DeadLettersConfig(deadLetters.integer("retentionDays", 14, 1, 14, "days"));
    }
}
