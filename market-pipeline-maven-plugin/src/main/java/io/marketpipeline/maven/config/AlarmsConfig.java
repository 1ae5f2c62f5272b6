package io.marketpipeline.maven.config;

import java.util.Optional;

/**
 * Alarms and whom they tell. Counts are of one minute unless said otherwise; an alarm goes off above its threshold.
 *
 * @param topic whom the alarms tell
 * @param errors failed invocations
 * @param duration milliseconds, mean of a minute, twice in a row
 * @param rejected events refused for good
 * @param throttles of the function, and of tables and indexes
 * @param deadLetters messages in the dead-letter queue
 * @param deadLetterAge seconds, age of the oldest dead letter
 * @param queueDepth messages that wait for the function, with buffered delivery
 * @param queueAge seconds, age of the oldest of them
 * @param tradingHours when an alarm goes off because no event comes; empty for no such alarm
 * @param stoppedMinutes minutes without an event that count as stopped
 */
public record AlarmsConfig(
        Topic topic,
        int errors,
        int duration,
        int rejected,
        int throttles,
        int deadLetters,
        int deadLetterAge,
        int queueDepth,
        int queueAge,
        Optional<TradingHours> tradingHours,
        int stoppedMinutes) {
    private static final int MAX_COUNT = 1_000_000;

    /**
     * Where alarms are sent: nowhere, to a topic of the user's, or to one that the stack makes.
     *
     * @param arn of the user's topic
     * @param create whether the stack makes one
     */
    public record Topic(Optional<String> arn, boolean create) {
        /** Whether alarms tell anybody. */
        public boolean exists() {
            return create || arn.isPresent();
        }
    }

    static AlarmsConfig read(Reading alarms) {
        return new AlarmsConfig(
                topic(alarms),
                alarms.integer("errors", 5, 0, MAX_COUNT, "failed invocations in a minute"),
                alarms.integer("duration", 5000, 1, 900_000, "milliseconds"),
                alarms.integer("rejected", 0, 0, MAX_COUNT, "rejected events in a minute"),
                alarms.integer("throttles", 0, 0, MAX_COUNT, "throttled calls in a minute"),
                alarms.integer("deadLetters", 0, 0, MAX_COUNT, "messages in the queue"),
                alarms.integer("deadLetterAge", 3600, 60, 1_209_600, "seconds"),
                alarms.integer("queueDepth", 10_000, 0, MAX_COUNT, "messages that wait for the function"),
                alarms.integer("queueAge", 300, 1, 1_209_600, "seconds"),
                TradingHours.read(alarms),
                alarms.integer("stoppedMinutes", 5, 1, 1440, "minutes"));
    }

    private static Topic topic(Reading alarms) {
        Optional<String> topic = alarms.text(
                "topic",
                "create|arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}",
                "'create', the ARN of an SNS topic, or left out",
                "arn:aws:sns:us-east-1:111122223333:on-call");
        boolean create = topic.filter("create"::equals).isPresent();
        return new Topic(create ? Optional.empty() : topic, create);
    }
}
