package io.marketpipeline.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;

/** An alarm's definition and state. Immutable. */
record Alarm(String name, String arn, ObjectNode definition, State state, String reason, Instant since) {

    /** An alarm's state, by CloudWatch's names. */
    enum State {
        OK("OKActions"),
        ALARM("AlarmActions"),
        INSUFFICIENT_DATA("InsufficientDataActions");

        private final String actions;

        State(String actions) {
            this.actions = actions;
        }

        /** The member of the definition with the actions on entering this state. */
        String actions() {
            return actions;
        }

        static State of(String text) {
            for (State state : values()) {
                if (state.name().equals(text)) {
                    return state;
                }
            }
            throw AwsError.of(
                    "InvalidParameterValueException",
                    "StateValue is '" + text + "'; expected OK, ALARM or INSUFFICIENT_DATA");
        }
    }

    private static final String INVALID = "InvalidParameterValueException";
    private static final String MISSING = "MissingRequiredParameterException";
    private static final Set<String> TREATMENTS = Set.of("missing", "notBreaching", "breaching", "ignore");

    /** Members that are text in Query requests and numbers in answers, as is Threshold. */
    private static final Set<String> WHOLE_NUMBERS = Set.of("Period", "EvaluationPeriods", "DatapointsToAlarm");

    private static final Set<String> NOT_DESCRIBED = Set.of("Tags");

    /** Reads and checks a PutMetricAlarm. */
    static Alarm of(String arn, ObjectNode input, Instant now) {
        String name = Json.required(input, "AlarmName", MISSING);
        operator(Json.required(input, "ComparisonOperator", MISSING), 0);
        positive(input, "EvaluationPeriods");
        if (input.has("Metrics")) {
            String returned = returned(input);
            new MetricQueries(input.get("Metrics")).period(returned);
            Json.required(input, "Threshold", MISSING);
        } else {
            Json.required(input, "Namespace", MISSING);
            Json.required(input, "MetricName", MISSING);
            Json.required(input, "Threshold", MISSING);
            positive(input, "Period");
            Datapoint.check(statistic(input));
        }
        if (!TREATMENTS.contains(input.path("TreatMissingData").asText("missing"))) {
            throw AwsError.of(
                    INVALID,
                    "TreatMissingData is '" + input.get("TreatMissingData").asText() + "'; expected one of "
                            + TREATMENTS);
        }
        if (input.path("DatapointsToAlarm").asInt(1)
                > input.path("EvaluationPeriods").asInt()) {
            throw AwsError.of(INVALID, "DatapointsToAlarm can't be greater than EvaluationPeriods");
        }
        ObjectNode definition = input.deepCopy();
        definition.remove(NOT_DESCRIBED);
        return new Alarm(name, arn, definition, State.INSUFFICIENT_DATA, "Unchecked: Initial alarm creation", now);
    }

    Alarm in(State newState, String newReason, Instant now) {
        return new Alarm(name, arn, definition, newState, newReason, now);
    }

    Alarm defined(ObjectNode newDefinition) {
        return new Alarm(name, arn, newDefinition, state, reason, since);
    }

    /** The metrics that this alarm looks at: its own, or those that its expression reads. */
    Set<Metric> metrics() {
        return definition.has("MetricName")
                ? Set.of(Metric.of(definition.path("Namespace").asText(), definition))
                : new MetricQueries(definition.path("Metrics")).metrics();
    }

    boolean actionsEnabled() {
        return definition.path("ActionsEnabled").asBoolean(true);
    }

    List<String> actions() {
        List<String> result = new ArrayList<>();
        definition.path(state.actions()).forEach(action -> result.add(action.asText()));
        return result;
    }

    /** What the data points say about this alarm now; empty to leave the state as it is. */
    Optional<Alarm> evaluate(MetricStore store, Instant now) {
        int periods = definition.path("EvaluationPeriods").asInt();
        int needed = definition.path("DatapointsToAlarm").asInt(periods);
        DoublePredicate breaches = operator(
                definition.path("ComparisonOperator").asText(),
                definition.path("Threshold").asDouble());
        List<Double> values = values(store, periods, now.getEpochSecond() + 1);
        long breaching = values.stream().filter(breaches::test).count();
        return state(breaching, values.size(), periods, needed)
                .filter(found -> found != state)
                .map(found -> in(found, reason(values, breaching, needed), now));
    }

    /** The values of the periods before a second that have one, the latest first. */
    private List<Double> values(MetricStore store, int periods, long end) {
        List<Double> values = new ArrayList<>();
        if (definition.has("MetricName")) {
            Metric metric = Metric.of(definition.path("Namespace").asText(), definition);
            long length = definition.path("Period").asLong();
            for (int i = 0; i < periods; i++) {
                store.read(metric, end - (i + 1) * length, end - i * length)
                        .ifPresent(point -> values.add(point.statistic(statistic(definition))));
            }
        } else {
            MetricQueries queries = new MetricQueries(definition.path("Metrics"));
            String returned = returned(definition);
            long length = queries.period(returned);
            for (int i = 0; i < periods; i++) {
                queries.value(returned, store, end - (i + 1) * length, end - i * length)
                        .ifPresent(values::add);
            }
        }
        return values;
    }

    private Optional<State> state(long breaching, int present, int periods, int needed) {
        String treatment = definition.path("TreatMissingData").asText("missing");
        if (present == 0 && treatment.equals("missing")) {
            return Optional.of(State.INSUFFICIENT_DATA);
        }
        if (present == 0 && treatment.equals("ignore")) {
            return Optional.empty();
        }
        long counted = breaching + (treatment.equals("breaching") ? periods - present : 0);
        return Optional.of(counted >= needed ? State.ALARM : State.OK);
    }

    private String reason(List<Double> values, long breaching, int needed) {
        return values.isEmpty()
                ? "No data points; missing data is treated as "
                        + definition.path("TreatMissingData").asText("missing")
                : "Threshold Crossed: %d of the data points %s were %s (%s), %d needed"
                        .formatted(
                                breaching,
                                values,
                                definition.path("ComparisonOperator").asText(),
                                definition.path("Threshold").asText(),
                                needed);
    }

    ObjectNode describe() {
        ObjectNode output = definition.deepCopy();
        for (String name : WHOLE_NUMBERS) {
            if (definition.path(name).isTextual()) {
                output.put(name, definition.get(name).asInt());
            }
        }
        if (definition.hasNonNull("Threshold")) {
            output.put("Threshold", definition.get("Threshold").asDouble());
        }
        output.put("AlarmArn", arn)
                .put("ActionsEnabled", actionsEnabled())
                .put("StateValue", state.name())
                .put("StateReason", reason)
                .put("StateUpdatedTimestamp", since.getEpochSecond())
                .put("StateTransitionedTimestamp", since.getEpochSecond())
                .put("AlarmConfigurationUpdatedTimestamp", since.getEpochSecond());
        for (State each : State.values()) {
            output.withArrayProperty(each.actions());
        }
        output.withArrayProperty("Dimensions");
        return output;
    }

    /** The one query whose values are compared. */
    private static String returned(ObjectNode definition) {
        List<String> ids = new ArrayList<>();
        for (JsonNode query : definition.path("Metrics")) {
            if (query.path("ReturnData").asBoolean(true)) {
                ids.add(query.path("Id").asText());
            }
        }
        if (ids.size() != 1) {
            throw AwsError.of(
                    "ValidationError", "Exactly one element of the metrics list should return data, not " + ids);
        }
        return ids.get(0);
    }

    private static String statistic(ObjectNode definition) {
        String simple = definition.path("Statistic").asText("");
        return simple.isEmpty() ? Json.required(definition, "ExtendedStatistic", MISSING) : simple;
    }

    private static DoublePredicate operator(String name, double threshold) {
        return switch (name) {
            case "GreaterThanOrEqualToThreshold" -> value -> value >= threshold;
            case "GreaterThanThreshold" -> value -> value > threshold;
            case "LessThanThreshold" -> value -> value < threshold;
            case "LessThanOrEqualToThreshold" -> value -> value <= threshold;
            default -> throw AwsError.of(INVALID, "ComparisonOperator '" + name + "' is unknown or not supported here");
        };
    }

    private static void positive(ObjectNode input, String member) {
        if (input.path(member).asInt() < 1) {
            throw AwsError.of(
                    INVALID, member + " is '" + input.path(member).asText() + "'; expected a number, 1 or more");
        }
    }
}
