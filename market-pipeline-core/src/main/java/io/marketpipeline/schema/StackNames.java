package io.marketpipeline.schema;

import java.util.Objects;

/**
 * Names of everything that a stack consists of, derived from its prefix and environment. They are those of the
 * Terraform original where the prefix is empty. Immutable.
 *
 * @param prefix what all names begin with, without the hyphen that follows it; empty for none
 * @param environment name of the environment, the end of all names
 */
public record StackNames(String prefix, String environment) {
    public StackNames {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(environment, "environment");
    }

    public String stack() {
        return named("market-pipeline");
    }

    public String marketDataTable() {
        return named("market-data");
    }

    public String auditTrailTable() {
        return named("audit-trail");
    }

    public String eventBus() {
        return named("market-data-bus");
    }

    public String archive() {
        return named("market-data-archive");
    }

    public String function() {
        return named("market-processor");
    }

    public String functionRole() {
        return named("market-processor-lambda-role");
    }

    public String readerPolicy() {
        return named("market-data-reader");
    }

    public String deadLetterQueue() {
        return named("market-processor-dlq");
    }

    /** The queue between rules and function of buffered delivery. */
    public String eventQueue() {
        return named("market-processor-queue");
    }

    public String logGroup() {
        return "/aws/lambda/" + function();
    }

    public String alarmTopic() {
        return named("market-processor-alarms");
    }

    public String dashboard() {
        return named("market-pipeline");
    }

    /**
     * Name of a rule.
     *
     * @param rule name of the rule in the configuration, such as {@code trade-events}
     */
    public String rule(String rule) {
        return named(rule + "-rule");
    }

    /** What the names of the replays of goal {@code replay} begin with; a time stamp follows. */
    public String replays() {
        return stack() + "-";
    }

    /** What the names begin with of what goal {@code reconcile} makes for a while; a time stamp follows. */
    public String reconciliations() {
        return named("reconcile") + "-";
    }

    /**
     * Name of an alarm.
     *
     * @param subject what the alarm watches, such as {@code errors}
     */
    public String alarm(String subject) {
        return named("market-processor-" + subject);
    }

    private String named(String base) {
        return (prefix.isEmpty() ? "" : prefix + "-") + base + "-" + environment;
    }
}
