package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** CloudWatch's alarms and dashboards, and log groups. */
final class MonitoringResources {
    private static final String[] ALARM = {
        "ActionsEnabled",
        "AlarmActions",
        "AlarmDescription",
        "AlarmName",
        "ComparisonOperator",
        "DatapointsToAlarm",
        "Dimensions",
        "EvaluateLowSampleCountPercentile",
        "EvaluationPeriods",
        "ExtendedStatistic",
        "InsufficientDataActions",
        "MetricName",
        "Metrics",
        "Namespace",
        "OKActions",
        "Period",
        "Statistic",
        "Threshold",
        "ThresholdMetricId",
        "TreatMissingData",
        "Unit"
    };
    private static final String GROUP = "logGroupName";

    private MonitoringResources() {}

    static List<ResourceDefinition> all() {
        return List.of(alarm(), dashboard(), logGroup());
    }

    private static ResourceDefinition alarm() {
        Set<String> changeable = new HashSet<>(List.of(ALARM));
        changeable.remove("AlarmName");
        return ResourceDefinition.of("AWS::CloudWatch::Alarm", "cloudwatch")
                .identifiedBy("AlarmName")
                .create((calls, properties) -> {
                    calls.call(
                            "PutMetricAlarm", Input.of(properties).copy(ALARM).tags(Tags.PROPERTY));
                    return properties.path("AlarmName").asText();
                })
                .update(
                        changeable,
                        (calls, before, after) -> calls.call(
                                "PutMetricAlarm", Input.of(after).copy(ALARM).put("AlarmName", calls.physicalId())))
                .update(Set.of(Tags.PROPERTY), Tags.list("TagResource", "UntagResource", calls -> Input.empty()
                        .put("ResourceARN", alarmArn(calls))))
                .delete((calls, properties) -> calls.remove("DeleteAlarms", alarmNames(calls)))
                .read((calls, properties) -> calls.find("DescribeAlarms", alarmNames(calls))
                        .map(answer -> answer.path("MetricAlarms").path(0))
                        .filter(JsonNode::isObject))
                .attributes((calls, properties) -> Map.of("Arn", alarmArn(calls)))
                .live((calls, properties, alarm) -> Optional.of(Input.of((ObjectNode) alarm)
                        .copy(ALARM)
                        .put(
                                Tags.PROPERTY,
                                calls.call("ListTagsForResource", Input.empty().put("ResourceARN", alarmArn(calls)))
                                        .path(Tags.PROPERTY))
                        .build()))
                .build();
    }

    private static String alarmArn(ResourceCalls calls) {
        return calls.arn("alarm:" + calls.physicalId());
    }

    private static Input alarmNames(ResourceCalls calls) {
        return Input.empty().put("AlarmNames", Input.list(calls.physicalId()));
    }

    private static ResourceDefinition dashboard() {
        return ResourceDefinition.of("AWS::CloudWatch::Dashboard", "cloudwatch")
                .identifiedBy("DashboardName")
                .create((calls, properties) -> {
                    putDashboard(
                            calls, properties, properties.path("DashboardName").asText());
                    return properties.path("DashboardName").asText();
                })
                .update(
                        Set.of("DashboardBody"),
                        (calls, before, after) -> putDashboard(calls, after, calls.physicalId()))
                .delete((calls, properties) -> calls.remove(
                        "DeleteDashboards", Input.empty().put("DashboardNames", Input.list(calls.physicalId()))))
                .read((calls, properties) ->
                        calls.find("GetDashboard", Input.empty().put("DashboardName", calls.physicalId())))
                .live((calls, properties, board) -> Optional.of(Input.of((ObjectNode) board)
                        .copy("DashboardBody")
                        .put("DashboardName", calls.physicalId())
                        .build()))
                .build();
    }

    /** CloudWatch checks a dashboard's body only on its own call, so what it complains of fails the resource here. */
    private static void putDashboard(ResourceCalls calls, ObjectNode properties, String name) {
        JsonNode answer = calls.call(
                "PutDashboard", Input.of(properties).copy("DashboardBody").put("DashboardName", name));
        JsonNode complaint = answer.path("DashboardValidationMessages").path(0).path("Message");
        if (complaint.isTextual()) {
            throw new ResourceFailure("The dashboard body is invalid: " + complaint.asText());
        }
    }

    private static ResourceDefinition logGroup() {
        return ResourceDefinition.of("AWS::Logs::LogGroup", "logs")
                .identifiedBy("LogGroupName")
                .create((calls, properties) -> {
                    calls.call(
                            "CreateLogGroup",
                            Input.of(properties)
                                    .rename("LogGroupName", GROUP)
                                    .rename("KmsKeyId", "kmsKeyId")
                                    .rename("LogGroupClass", "logGroupClass")
                                    .tagMap("tags"));
                    return properties.path("LogGroupName").asText();
                })
                .setting(Set.of("RetentionInDays"), MonitoringResources::retention)
                .update(Set.of("KmsKeyId"), MonitoringResources::logKey)
                .update(Set.of(Tags.PROPERTY), Tags.map("TagResource", "UntagResource", "tags", calls -> Input.empty()
                        .put("resourceArn", calls.arn("log-group:" + calls.physicalId()))))
                .delete((calls, properties) -> calls.remove("DeleteLogGroup", group(calls)))
                .read(MonitoringResources::findLogGroup)
                .attributes((calls, properties) -> Map.of("Arn", calls.arn("log-group:" + calls.physicalId() + ":*")))
                .live((calls, properties, group) -> Optional.of(Input.of((ObjectNode) group)
                        .rename(GROUP, "LogGroupName")
                        .rename("retentionInDays", "RetentionInDays")
                        .rename("kmsKeyId", "KmsKeyId")
                        .rename("logGroupClass", "LogGroupClass")
                        .put(
                                Tags.PROPERTY,
                                Tags.listed(calls.call(
                                                "ListTagsForResource",
                                                Input.empty()
                                                        .put(
                                                                "resourceArn",
                                                                calls.arn("log-group:" + calls.physicalId())))
                                        .path("tags")))
                        .build()))
                .build();
    }

    private static Input group(ResourceCalls calls) {
        return Input.empty().put(GROUP, calls.physicalId());
    }

    private static void retention(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        if (after.has("RetentionInDays")) {
            calls.call("PutRetentionPolicy", group(calls).put("retentionInDays", after.path("RetentionInDays")));
        } else {
            calls.call("DeleteRetentionPolicy", group(calls));
        }
    }

    private static void logKey(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        if (after.has("KmsKeyId")) {
            calls.call("AssociateKmsKey", group(calls).put("kmsKeyId", after.path("KmsKeyId")));
        } else {
            calls.call("DisassociateKmsKey", group(calls));
        }
    }

    private static Optional<JsonNode> findLogGroup(ResourceCalls calls, ObjectNode properties) {
        JsonNode groups = calls.call("DescribeLogGroups", Input.empty().put("logGroupNamePrefix", calls.physicalId()))
                .path("logGroups");
        for (JsonNode group : groups) {
            if (group.path(GROUP).asText().equals(calls.physicalId())) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }
}
