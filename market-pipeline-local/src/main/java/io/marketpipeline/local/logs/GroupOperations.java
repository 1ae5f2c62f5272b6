package io.marketpipeline.local.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Log groups and streams, retention, keys and tags. */
final class GroupOperations {
    /** The days that the API takes ("PutRetentionPolicy" in its reference). */
    private static final Set<Integer> RETENTIONS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private final LogStore store;

    GroupOperations(LogStore store) {
        this.store = store;
    }

    Map<String, Operation> operations() {
        return Map.ofEntries(
                Map.entry("CreateLogGroup", this::create),
                Map.entry("DeleteLogGroup", this::delete),
                Map.entry("DescribeLogGroups", this::describe),
                Map.entry("PutRetentionPolicy", this::putRetention),
                Map.entry("DeleteRetentionPolicy", this::deleteRetention),
                Map.entry("AssociateKmsKey", this::associate),
                Map.entry("DisassociateKmsKey", this::disassociate),
                Map.entry("CreateLogStream", this::createStream),
                Map.entry("DeleteLogStream", this::deleteStream),
                Map.entry("DescribeLogStreams", this::describeStreams),
                Map.entry("TagResource", this::tag),
                Map.entry("UntagResource", this::untag),
                Map.entry("ListTagsForResource", this::listTags));
    }

    private JsonNode create(ObjectNode input, CallContext context) {
        String name = input.path("logGroupName").asText();
        if (!name.matches("[.\\-_/#A-Za-z0-9]{1,512}")) {
            throw AwsError.of(
                    "InvalidParameterException",
                    "1 validation error detected: Value '" + name
                            + "' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression"
                            + " pattern: [\\.\\-_/#A-Za-z0-9]+");
        }
        LogGroup group = new LogGroup(name, store.arn(name));
        group.kmsKey(input.path("kmsKeyId").asText());
        group.logClass(input.path("logGroupClass").asText("STANDARD"));
        input.path("tags").properties().forEach(tag -> group.tags()
                .put(tag.getKey(), tag.getValue().asText()));
        if (store.groups().putIfAbsent(name, group) != null) {
            throw LogStore.exists("The specified log group already exists");
        }
        return nothing();
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        store.groups().remove(store.group(input).name());
        return nothing();
    }

    private JsonNode describe(ObjectNode input, CallContext context) {
        String prefix = input.path("logGroupNamePrefix").asText();
        String part = input.path("logGroupNamePattern").asText();
        List<ObjectNode> groups = store.groups().values().stream()
                .filter(group -> group.name().startsWith(prefix) && group.name().contains(part))
                .map(GroupOperations::json)
                .toList();
        return page(input, groups, "logGroups");
    }

    private JsonNode putRetention(ObjectNode input, CallContext context) {
        int days = input.path("retentionInDays").asInt();
        if (!RETENTIONS.contains(days)) {
            throw AwsError.of(
                    "InvalidParameterException",
                    "1 validation error detected: Value '" + days
                            + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: "
                            + RETENTIONS.stream().sorted().toList());
        }
        store.group(input).retentionDays(days);
        return nothing();
    }

    private JsonNode deleteRetention(ObjectNode input, CallContext context) {
        store.group(input).retentionDays(0);
        return nothing();
    }

    private JsonNode associate(ObjectNode input, CallContext context) {
        keyed(input).kmsKey(input.path("kmsKeyId").asText());
        return nothing();
    }

    private JsonNode disassociate(ObjectNode input, CallContext context) {
        keyed(input).kmsKey("");
        return nothing();
    }

    private LogGroup keyed(ObjectNode input) {
        return input.hasNonNull("resourceIdentifier")
                ? store.named(input.get("resourceIdentifier").asText())
                : store.group(input);
    }

    private JsonNode createStream(ObjectNode input, CallContext context) {
        LogGroup group = store.group(input);
        String name = input.path("logStreamName").asText();
        if (name.isEmpty() || name.length() > 512 || name.indexOf(':') >= 0) {
            throw AwsError.of("InvalidParameterException", "'" + name + "' is no name of a log stream.");
        }
        LogStream stream = new LogStream(name, group.arn() + ":log-stream:" + name);
        if (group.streams().putIfAbsent(name, stream) != null) {
            throw LogStore.exists("The specified log stream already exists");
        }
        return nothing();
    }

    private JsonNode deleteStream(ObjectNode input, CallContext context) {
        LogGroup group = store.group(input);
        group.removeStream(LogStore.stream(group, input).name());
        return nothing();
    }

    private JsonNode describeStreams(ObjectNode input, CallContext context) {
        LogGroup group = store.group(input);
        String prefix = input.path("logStreamNamePrefix").asText();
        boolean byTime = input.path("orderBy").asText().equals("LastEventTime");
        Comparator<LogStream> order =
                byTime ? Comparator.comparingLong(LogStream::last) : Comparator.comparing(LogStream::name);
        List<ObjectNode> streams = group.streams().values().stream()
                .filter(stream -> stream.name().startsWith(prefix))
                .sorted(input.path("descending").asBoolean() ? order.reversed() : order)
                .map(GroupOperations::json)
                .toList();
        return page(input, streams, "logStreams");
    }

    private JsonNode tag(ObjectNode input, CallContext context) {
        LogGroup group = tagged(input);
        synchronized (group) {
            input.path("tags").properties().forEach(tag -> group.tags()
                    .put(tag.getKey(), tag.getValue().asText()));
        }
        return nothing();
    }

    private JsonNode untag(ObjectNode input, CallContext context) {
        LogGroup group = tagged(input);
        synchronized (group) {
            input.path("tagKeys").forEach(key -> group.tags().remove(key.asText()));
        }
        return nothing();
    }

    private JsonNode listTags(ObjectNode input, CallContext context) {
        LogGroup group = tagged(input);
        ObjectNode output = nothing();
        ObjectNode tags = output.putObject("tags");
        synchronized (group) {
            group.tags().forEach(tags::put);
        }
        return output;
    }

    private LogGroup tagged(ObjectNode input) {
        return input.hasNonNull("resourceArn")
                ? store.named(input.get("resourceArn").asText())
                : store.group(input);
    }

    private static ObjectNode json(LogGroup group) {
        ObjectNode json = nothing();
        json.put("logGroupName", group.name()).put("creationTime", group.created());
        if (group.retentionDays() > 0) {
            json.put("retentionInDays", group.retentionDays());
        }
        json.put("metricFilterCount", 0).put("arn", group.arn() + ":*").put("storedBytes", group.bytes());
        if (!group.kmsKey().isEmpty()) {
            json.put("kmsKeyId", group.kmsKey());
        }
        return json.put("logGroupClass", group.logClass()).put("logGroupArn", group.arn());
    }

    private static ObjectNode json(LogStream stream) {
        ObjectNode json = nothing();
        json.put("logStreamName", stream.name()).put("creationTime", stream.created());
        if (stream.last() > 0) {
            json.put("firstEventTimestamp", stream.first())
                    .put("lastEventTimestamp", stream.last())
                    .put("lastIngestionTime", stream.lastIngested());
        }
        return json.put("uploadSequenceToken", "0").put("arn", stream.arn()).put("storedBytes", 0);
    }

    private static ObjectNode page(ObjectNode input, List<ObjectNode> all, String member) {
        int from = Math.min(input.path("nextToken").asInt(0), all.size());
        int to = Math.min(all.size(), from + Math.max(1, input.path("limit").asInt(50)));
        ObjectNode output = nothing();
        all.subList(from, to).forEach(output.putArray(member)::add);
        if (to < all.size()) {
            output.put("nextToken", Integer.toString(to));
        }
        return output;
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
