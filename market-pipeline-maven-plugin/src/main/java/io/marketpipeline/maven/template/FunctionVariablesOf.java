package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.TtlConfig;
import io.marketpipeline.schema.FunctionVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The function's environment variables, in the form that {@link FunctionVariables} describes. */
final class FunctionVariablesOf {
    private final PipelineConfig config;

    FunctionVariablesOf(PipelineConfig config) {
        this.config = config;
    }

    Properties variables() {
        Properties variables = Properties.of(
                        FunctionVariables.MARKET_DATA_TABLE, Intrinsic.ref(LogicalIds.MARKET_DATA_TABLE))
                .with(FunctionVariables.AUDIT_TRAIL_TABLE, Intrinsic.ref(LogicalIds.AUDIT_TRAIL_TABLE))
                .with(FunctionVariables.ENVIRONMENT, config.environment())
                .with(FunctionVariables.DEAD_LETTER_QUEUE_URL, Intrinsic.ref(LogicalIds.QUEUE))
                .with(FunctionVariables.IDENTITY, String.join(",", config.identity()))
                .with(FunctionVariables.DETAIL_TYPES, detailTypes())
                .with(FunctionVariables.TTL, ttl(config.ttl()))
                .with(
                        FunctionVariables.AUDIT_ON_FAILURE,
                        config.audit().onFailure().label());
        config.audit()
                .retentionDays()
                .ifPresent(days -> variables.with(FunctionVariables.AUDIT_RETENTION_DAYS, Integer.toString(days)));
        int shards = config.tables().indexShards().count();
        return variables
                .withIf(shards > 1, FunctionVariables.INDEX_SHARDS, Integer.toString(shards))
                .with(FunctionVariables.NEGATIVE_PRICES, config.negativePrices())
                .with(FunctionVariables.LOG_LEVEL, config.logs().level().name())
                .with(FunctionVariables.CLIENT, config.function().client().identifier());
    }

    /** The variables with what only AWS knows at its longest, so that they can be measured. */
    Properties measured() {
        Properties literal = new Properties();
        variables()
                .entries()
                .forEach((name, value) -> literal.with(name, value instanceof String ? value : longest(name)));
        return literal;
    }

    private String longest(String variable) {
        return switch (variable) {
            case FunctionVariables.DEAD_LETTER_QUEUE_URL ->
                "https://sqs." + config.region() + ".amazonaws.com.cn/000000000000/"
                        + config.names().deadLetterQueue();
            case FunctionVariables.MARKET_DATA_TABLE -> config.names().marketDataTable();
            default -> config.names().auditTrailTable();
        };
    }

    private String detailTypes() {
        return config.rules().stream()
                .flatMap(rule -> rule.detailTypes().entrySet().stream())
                .map(entry -> entry.getKey() + "=" + entry.getValue().settingName())
                .collect(Collectors.joining(";"));
    }

    private static String ttl(TtlConfig ttl) {
        String rules = ttl.rules().stream()
                .map(FunctionVariablesOf::rule)
                .collect(Collectors.joining(",", ",\"rules\":[", "]"));
        return "{\"days\":" + days(ttl.days()) + (ttl.rules().isEmpty() ? "" : rules) + "}";
    }

    private static String rule(TtlConfig.Rule rule) {
        List<String> members = new ArrayList<>();
        rule.detailType().ifPresent(detailType -> members.add("\"detailType\":" + Json.string(detailType)));
        rule.exchange().ifPresent(exchange -> members.add("\"exchange\":" + Json.string(exchange)));
        members.add("\"days\":" + days(rule.days()));
        return "{" + String.join(",", members) + "}";
    }

    private static String days(OptionalInt days) {
        return days.isPresent() ? Integer.toString(days.getAsInt()) : "\"never\"";
    }
}
