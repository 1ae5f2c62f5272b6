package io.marketpipeline.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alarms: kept, evaluated from the data points, and told to their SNS topics when they change state. */
final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final String MISSING = "MissingRequiredParameterException";

    private final EndpointSettings endpoint;
    private final ServiceCalls calls;
    private final MetricStore store;
    private final Clock clock;
    private final ResourceTags tags;
    private final ConcurrentMap<String, Alarm> alarms = new ConcurrentSkipListMap<>();

    Alarms(EndpointSettings endpoint, ServiceCalls calls, MetricStore store, Clock clock, ResourceTags tags) {
        this.endpoint = endpoint;
        this.calls = calls;
        this.store = store;
        this.clock = clock;
        this.tags = tags;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "PutMetricAlarm", this::put,
                "DescribeAlarms", this::describe,
                "DeleteAlarms", this::delete,
                "SetAlarmState", this::setState);
    }

    /** Looks at the data points of all alarms. */
    void evaluate() {
        for (Alarm alarm : alarms.values()) {
            alarm.evaluate(store, clock.instant()).ifPresent(changed -> {
                if (alarms.replace(alarm.name(), alarm, changed)) {
                    tell(alarm, changed);
                }
            });
        }
    }

    /** The metrics that alarms look at. */
    Set<Metric> metrics() {
        Set<Metric> result = new HashSet<>();
        alarms.values().forEach(alarm -> result.addAll(alarm.metrics()));
        return result;
    }

    private JsonNode put(ObjectNode input, CallContext context) {
        String name = Json.required(input, "AlarmName", MISSING);
        Alarm alarm = Alarm.of(endpoint.arn("cloudwatch", "alarm:" + name), input, clock.instant());
        alarms.merge(name, alarm, (old, update) -> update.in(old.state(), old.reason(), old.since()));
        tags.add(alarm.arn(), input.path("Tags"));
        return Json.object();
    }

    private JsonNode describe(ObjectNode input, CallContext context) {
        Set<String> names = new HashSet<>();
        input.path("AlarmNames").forEach(name -> names.add(name.asText()));
        String prefix = input.path("AlarmNamePrefix").asText("");
        String state = input.path("StateValue").asText("");
        ObjectNode output = Json.object();
        output.putArray("MetricAlarms");
        output.putArray("CompositeAlarms");
        for (Alarm alarm : alarms.values()) {
            if ((names.isEmpty() || names.contains(alarm.name()))
                    && alarm.name().startsWith(prefix)
                    && (state.isEmpty() || alarm.state().name().equals(state))) {
                output.withArrayProperty("MetricAlarms").add(alarm.describe());
            }
        }
        return output;
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        for (JsonNode name : input.path("AlarmNames")) {
            find(name.asText());
        }
        for (JsonNode name : input.path("AlarmNames")) {
            Alarm removed = alarms.remove(name.asText());
            if (removed != null) {
                tags.forget(removed.arn());
            }
        }
        return Json.object();
    }

    private JsonNode setState(ObjectNode input, CallContext context) {
        Alarm alarm = find(Json.required(input, "AlarmName", MISSING));
        Alarm changed = alarm.in(
                Alarm.State.of(Json.required(input, "StateValue", MISSING)),
                Json.required(input, "StateReason", MISSING),
                clock.instant());
        alarms.put(alarm.name(), changed);
        if (changed.state() != alarm.state()) {
            tell(alarm, changed);
        }
        return Json.object();
    }

    private Alarm find(String name) {
        Alarm alarm = alarms.get(name);
        if (alarm == null) {
            throw AwsError.of("ResourceNotFound", "Alarm " + name + " does not exist", 404);
        }
        return alarm;
    }

    private void tell(Alarm before, Alarm now) {
        if (!now.actionsEnabled()) {
            return;
        }
        String message = Json.object()
                .put("AlarmName", now.name())
                .put(
                        "AlarmDescription",
                        now.definition().path("AlarmDescription").asText(""))
                .put("AWSAccountId", endpoint.accountId())
                .put("NewStateValue", now.state().name())
                .put("NewStateReason", now.reason())
                .put("StateChangeTime", now.since().toString())
                .put("Region", endpoint.region())
                .put("AlarmArn", now.arn())
                .put("OldStateValue", before.state().name())
                .toString();
        for (String action : now.actions()) {
            try {
                if (!action.contains(":sns:")) {
                    throw AwsError.notSupported("Alarm action " + action);
                }
                calls.call(
                        "sns",
                        "Publish",
                        Json.object()
                                .put("TopicArn", action)
                                .put("Subject", now.state() + ": \"" + now.name() + "\" in " + endpoint.region())
                                .put("Message", message));
            } catch (AwsError e) {
                LOG.warn("Action of alarm {} failed: {}", now.name(), e.message());
            }
        }
    }
}
