package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** EventBridge's buses, rules and archives. */
final class EventResources {
    private static final String[] BUS = {"Name", "Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"};
    private static final String TARGETS = "Targets";

    private EventResources() {}

    static List<ResourceDefinition> all() {
        return List.of(bus(), rule(), archive());
    }

    private static ResourceDefinition bus() {
        return ResourceDefinition.of("AWS::Events::EventBus", "events")
                .identifiedBy("Name")
                .create((calls, properties) -> {
                    calls.call("CreateEventBus", Input.of(properties).copy(BUS).tags(Tags.PROPERTY));
                    return properties.path("Name").asText();
                })
                .update(
                        Set.of("Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"),
                        (calls, before, after) -> calls.call(
                                "UpdateEventBus", Input.of(after).copy(BUS).put("Name", calls.physicalId())))
                .update(Set.of(Tags.PROPERTY), tags(calls -> "event-bus/" + calls.physicalId()))
                .delete((calls, properties) -> calls.remove("DeleteEventBus", name(calls)))
                .read((calls, properties) -> calls.find("DescribeEventBus", name(calls)))
                .attributes((calls, properties) ->
                        Map.of("Name", calls.physicalId(), "Arn", calls.arn("event-bus/" + calls.physicalId())))
                .live((calls, properties, bus) -> Optional.of(Input.of((ObjectNode) bus)
                        .copy(BUS)
                        .put(Tags.PROPERTY, liveTags(calls, "event-bus/" + calls.physicalId()))
                        .build()))
                .build();
    }

    private static ResourceDefinition rule() {
        return ResourceDefinition.of("AWS::Events::Rule", "events")
                .identify((calls, properties) ->
                        ResourceDefinition.text(properties, "Name").map(name -> ruleId(busName(properties), name)))
                .create((calls, properties) -> {
                    putRule(calls, properties, properties.path("Name").asText());
                    return ruleId(busName(properties), properties.path("Name").asText());
                })
                .update(
                        Set.of("Description", "EventPattern", "RoleArn", "State"),
                        (calls, before, after) -> putRule(calls, withoutTags(after), ruleName(calls)))
                .settingOfSeveralCalls(Set.of(TARGETS), EventResources::targets)
                .update(Set.of(Tags.PROPERTY), tags(EventResources::ruleResource))
                .delete(EventResources::deleteRule)
                .read((calls, properties) -> calls.find("DescribeRule", ruleKey(calls, "Name")))
                .attributes((calls, properties) ->
                        Map.of("Arn", calls.arn(ruleResource(calls)), "RuleName", ruleName(calls)))
                .imported(EventResources::ruleOfArn)
                .live((calls, properties, rule) -> Optional.of(Input.of((ObjectNode) rule)
                        .copy("Name", "Description", "State", "RoleArn")
                        .parsed("EventPattern", "EventPattern")
                        .put("EventBusName", properties.path("EventBusName"))
                        .put(
                                TARGETS,
                                calls.call("ListTargetsByRule", ruleKey(calls, "Rule"))
                                        .path(TARGETS))
                        .put(Tags.PROPERTY, liveTags(calls, ruleResource(calls)))
                        .build()))
                .build();
    }

    private static ResourceDefinition archive() {
        return ResourceDefinition.of("AWS::Events::Archive", "events")
                .identifiedBy("ArchiveName")
                .create((calls, properties) -> {
                    calls.call(
                            "CreateArchive",
                            Input.of(properties)
                                    .copy("ArchiveName", "Description", "RetentionDays", "KmsKeyIdentifier")
                                    .rename("SourceArn", "EventSourceArn")
                                    .json("EventPattern", "EventPattern"));
                    return properties.path("ArchiveName").asText();
                })
                .update(
                        Set.of("Description", "EventPattern", "RetentionDays", "KmsKeyIdentifier"),
                        (calls, before, after) -> calls.call(
                                "UpdateArchive",
                                Input.of(after)
                                        .put("Description", "")
                                        .put("RetentionDays", JsonNodeFactory.instance.numberNode(0))
                                        .copy("Description", "RetentionDays", "KmsKeyIdentifier")
                                        .json("EventPattern", "EventPattern")
                                        .put("ArchiveName", calls.physicalId())))
                .delete((calls, properties) -> calls.remove("DeleteArchive", archiveName(calls)))
                .read((calls, properties) -> calls.find("DescribeArchive", archiveName(calls)))
                .attributes((calls, properties) -> Map.of("Arn", calls.arn("archive/" + calls.physicalId())))
                .live((calls, properties, archive) -> Optional.of(Input.of((ObjectNode) archive)
                        .copy("ArchiveName", "Description", "RetentionDays", "KmsKeyIdentifier")
                        .parsed("EventPattern", "EventPattern")
                        .rename("EventSourceArn", "SourceArn")
                        .build()))
                .build();
    }

    private static void putRule(ResourceCalls calls, ObjectNode properties, String name) {
        calls.call(
                "PutRule",
                Input.of(properties)
                        .copy("Description", "RoleArn", "State")
                        .json("EventPattern", "EventPattern")
                        .put("Name", name)
                        .put("EventBusName", busName(properties))
                        .tags(Tags.PROPERTY));
    }

    private static ObjectNode withoutTags(ObjectNode properties) {
        return properties.deepCopy().without(Tags.PROPERTY);
    }

    private static void targets(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        Set<String> kept = new HashSet<>();
        after.path(TARGETS).forEach(target -> kept.add(target.path("Id").asText()));
        ArrayNode gone = JsonNodeFactory.instance.arrayNode();
        before.path(TARGETS).forEach(target -> {
            if (!kept.contains(target.path("Id").asText())) {
                gone.add(target.path("Id"));
            }
        });
        if (!gone.isEmpty()) {
            refuse(calls.call("RemoveTargets", ruleKey(calls, "Rule").put("Ids", gone)));
        }
        if (!kept.isEmpty()) {
            refuse(calls.call("PutTargets", ruleKey(calls, "Rule").put(TARGETS, after.path(TARGETS))));
        }
    }

    private static void refuse(JsonNode answer) {
        if (answer.path("FailedEntryCount").asInt() > 0) {
            JsonNode first = answer.path("FailedEntries").path(0);
            throw new ResourceFailure(
                    "Failed to set target " + first.path("TargetId").asText() + ": "
                            + first.path("ErrorMessage").asText());
        }
    }

    private static void deleteRule(ResourceCalls calls, ObjectNode properties) {
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        calls.find("ListTargetsByRule", ruleKey(calls, "Rule"))
                .ifPresent(answer -> answer.path(TARGETS).forEach(target -> ids.add(target.path("Id"))));
        if (!ids.isEmpty()) {
            calls.remove("RemoveTargets", ruleKey(calls, "Rule").put("Ids", ids));
        }
        calls.remove("DeleteRule", ruleKey(calls, "Name"));
    }

    private static ResourceDefinition.Change tags(Function<ResourceCalls, String> resource) {
        return Tags.list("TagResource", "UntagResource", calls -> Input.empty()
                .put("ResourceARN", calls.arn(resource.apply(calls))));
    }

    private static JsonNode liveTags(ResourceCalls calls, String resource) {
        return calls.call("ListTagsForResource", Input.empty().put("ResourceARN", calls.arn(resource)))
                .path(Tags.PROPERTY);
    }

    /** A rule on a bus of the user's has the bus in its physical id. */
    private static String ruleId(String bus, String name) {
        return bus.equals("default") ? name : bus + "|" + name;
    }

    /** An import names a rule by its ARN, which ends with {@code rule/bus/name}, or {@code rule/name} on the default bus. */
    private static String ruleOfArn(String arn) {
        return arn.substring(arn.indexOf(":rule/") + ":rule/".length()).replace('/', '|');
    }

    private static String busName(ObjectNode properties) {
        String bus = properties.path("EventBusName").asText("default");
        return bus.substring(bus.lastIndexOf('/') + 1);
    }

    private static String ruleName(ResourceCalls calls) {
        return calls.physicalId().substring(calls.physicalId().indexOf('|') + 1);
    }

    private static String ruleBus(ResourceCalls calls) {
        int bar = calls.physicalId().indexOf('|');
        return bar < 0 ? "default" : calls.physicalId().substring(0, bar);
    }

    private static String ruleResource(ResourceCalls calls) {
        return "rule/" + calls.physicalId().replace('|', '/');
    }

    private static Input ruleKey(ResourceCalls calls, String member) {
        return Input.empty().put(member, ruleName(calls)).put("EventBusName", ruleBus(calls));
    }

    private static Input name(ResourceCalls calls) {
        return Input.empty().put("Name", calls.physicalId());
    }

    private static Input archiveName(ResourceCalls calls) {
        return Input.empty().put("ArchiveName", calls.physicalId());
    }
}
