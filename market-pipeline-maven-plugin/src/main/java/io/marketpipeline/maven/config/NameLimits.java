package io.marketpipeline.maven.config;

import io.marketpipeline.schema.StackNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long AWS lets names be, each limit from the create call's page in its service's API reference. */
final class NameLimits {
    static final String PREFIX_ALLOWED = "letters, digits and single hyphens, beginning with a letter";

    /** As long as the time stamps that goals put behind names. */
    private static final String STAMP = "20261129T175105123";

    private record Limited(String what, String name, int max) {}

    private NameLimits() {}

    /** Notes every name that prefix, rule name and environment make too long. */
    static void check(StackNames names, List<RuleConfig> rules, List<Problem> problems) {
        all(names, rules).stream()
                .filter(limited -> limited.name().length() > limited.max())
                .forEach(limited -> problems.add(Problem.of(
                        "<name> and -Denv",
                        Optional.of(limited.name()),
                        "shorter: the name of the " + limited.what() + " has "
                                + limited.name().length() + " characters, AWS allows " + limited.max(),
                        "-Denv=dev")));
    }

    static List<String> names(StackNames names, List<RuleConfig> rules) {
        return all(names, rules).stream().map(Limited::name).toList();
    }

    private static List<Limited> all(StackNames names, List<RuleConfig> rules) {
        List<Limited> all = new ArrayList<>(List.of(
                new Limited("stack", names.stack(), 128),
                new Limited("market-data table", names.marketDataTable(), 255),
                new Limited("audit-trail table", names.auditTrailTable(), 255),
                new Limited("event bus", names.eventBus(), 256),
                new Limited("archive", names.archive(), 48),
                new Limited("function", names.function(), 64),
                new Limited("function's role", names.functionRole(), 64),
                new Limited("reader policy", names.readerPolicy(), 128),
                new Limited("dead-letter queue", names.deadLetterQueue(), 80),
                new Limited("event queue", names.eventQueue(), 80),
                new Limited("log group", names.logGroup(), 512),
                new Limited("alarm topic", names.alarmTopic(), 256),
                new Limited("dashboard", names.dashboard(), 255),
                new Limited("replays", names.replays() + STAMP, 64),
                new Limited("rules of reconcile", names.reconciliations() + STAMP, 64)));
        rules.forEach(rule -> all.add(new Limited("rule " + rule.name(), names.rule(rule.name()), 64)));
        return all;
    }
}
