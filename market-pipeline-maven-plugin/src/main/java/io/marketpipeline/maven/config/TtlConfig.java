package io.marketpipeline.maven.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How long rows are kept.
 *
 * @param days where no rule matches; empty for ever
 * @param rules the first that matches wins
 */
public record TtlConfig(OptionalInt days, List<Rule> rules) {
    private static final int DEFAULT_DAYS = 30;
    private static final int MAX_DAYS = 36_500;
    private static final String NEVER = "never";
    private static final String ONE_LINE = "\\P{Cntrl}{1,128}";

    public TtlConfig {
        rules = List.copyOf(rules);
    }

    /**
     * Names a detail type, an exchange or both.
     *
     * @param days empty for ever
     */
    public record Rule(Optional<String> detailType, Optional<String> exchange, OptionalInt days) {}

    /** The shortest life that any row may have; empty where every row is kept for ever. */
    public OptionalInt shortestDays() {
        return IntStream.concat(days.stream(), rules.stream().flatMapToInt(rule -> rule.days().stream()))
                .min();
    }

    static TtlConfig read(Reading ttl) {
        return new TtlConfig(
                days(ttl, DEFAULT_DAYS),
                ttl.items("rules").orElse(List.of()).stream()
                        .map(TtlConfig::rule)
                        .toList());
    }

    private static Rule rule(Reading rule) {
        if (!rule.isPresent("detailType") && !rule.isPresent("exchange")) {
            rule.wrongHere(
                    null, "given with <detailType>, <exchange> or both", "<detailType>Market Quote</detailType>");
        }
        if (!rule.isPresent("days")) {
            rule.wrong("days", "a number of days, or never", "7");
        }
        return new Rule(
                rule.text("detailType", ONE_LINE, "text in one line, at most 128 characters", "Market Quote"),
                rule.text("exchange", ONE_LINE, "text in one line, at most 128 characters", "XNYS"),
                days(rule, DEFAULT_DAYS));
    }

    private static OptionalInt days(Reading reading, int fallback) {
        if (reading.text("days").filter(NEVER::equalsIgnoreCase).isPresent()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(reading.integer("days", fallback, 1, MAX_DAYS, "days, or never"));
    }
}
