package io.marketpipeline.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.util.List;
import java.util.Map;

/** Archives. */
final class ArchiveOperations {
    private static final List<String> SETTINGS =
            List.of("Description", "EventPattern", "RetentionDays", "KmsKeyIdentifier");

    private final EventCatalog catalog;

    ArchiveOperations(EventCatalog catalog) {
        this.catalog = catalog;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "CreateArchive", this::create,
                "DescribeArchive", this::describe,
                "UpdateArchive", this::update,
                "DeleteArchive", this::delete,
                "ListArchives", this::list);
    }

    private JsonNode create(ObjectNode input, CallContext context) {
        String name = input.path("ArchiveName").asText();
        String source = input.path("EventSourceArn").asText();
        if (!name.matches("[.\\-_A-Za-z0-9]{1,48}")) {
            throw AwsError.of(
                    "ValidationException",
                    "1 validation error detected: Value '" + name
                            + "' at 'archiveName' failed to satisfy constraint: Member must satisfy regular expression"
                            + " pattern: [\\.\\-_A-Za-z0-9]+ and have length less than or equal to 48");
        }
        EventBus bus = catalog.find(source);
        if (bus == null || source.isEmpty()) {
            throw EventCatalog.notFound("Event bus " + source + " does not exist.");
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ArchiveName", name)
                .put("ArchiveArn", catalog.settings().arn("events", "archive/" + name))
                .put("EventSourceArn", bus.arn())
                .put("RetentionDays", 0)
                .put("State", "ENABLED")
                .put("CreationTime", System.currentTimeMillis() / 1000.0);
        apply(json, input);
        if (catalog.archives().putIfAbsent(name, new Archive(bus, json)) != null) {
            throw AwsError.of("ResourceAlreadyExistsException", "Archive " + name + " already exists.");
        }
        return summary(json);
    }

    private JsonNode describe(ObjectNode input, CallContext context) {
        return json(archive(input));
    }

    private JsonNode update(ObjectNode input, CallContext context) {
        Archive archive = archive(input);
        ObjectNode json = archive.json().deepCopy();
        apply(json, input);
        archive.json(json);
        return summary(json);
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        catalog.archives().remove(archive(input).json().path("ArchiveName").asText());
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        String prefix = input.path("NamePrefix").asText();
        String source = input.path("EventSourceArn").asText();
        List<ObjectNode> archives = catalog.archives().values().stream()
                .filter(archive -> archive.json().path("ArchiveName").asText().startsWith(prefix))
                .filter(archive -> source.isEmpty() || archive.bus().arn().equals(source))
                .map(archive -> (ObjectNode)
                        json(archive).without(List.of("ArchiveArn", "Description", "EventPattern", "KmsKeyIdentifier")))
                .toList();
        return EventCatalog.page(input, archives, "Archives");
    }

    private Archive archive(ObjectNode input) {
        String name = input.path("ArchiveName").asText();
        Archive archive = catalog.archives().get(name);
        if (archive == null) {
            throw EventCatalog.notFound("Archive " + name + " does not exist.");
        }
        return archive;
    }

    private static void apply(ObjectNode json, ObjectNode input) {
        String pattern = input.path("EventPattern").asText();
        if (!pattern.isEmpty()) {
            EventPattern.check(pattern);
        }
        EventCatalog.copy(input, json, SETTINGS);
        json.put("RetentionDays", json.path("RetentionDays").asInt());
    }

    private static ObjectNode summary(ObjectNode json) {
        ObjectNode summary = JsonNodeFactory.instance.objectNode();
        EventCatalog.copy(json, summary, List.of("ArchiveArn", "State", "CreationTime"));
        return summary;
    }

    private static ObjectNode json(Archive archive) {
        return archive.json().deepCopy().put("EventCount", archive.count()).put("SizeBytes", archive.bytes());
    }
}
