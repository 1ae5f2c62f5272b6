package io.marketpipeline.local.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.util.List;
import java.util.Map;

/** Buses, their policies, and tags. */
final class BusOperations {
    private static final List<String> SETTINGS =
            List.of("Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final EventCatalog catalog;

    BusOperations(EventCatalog catalog) {
        this.catalog = catalog;
    }

    Map<String, Operation> operations() {
        return Map.ofEntries(
                Map.entry("CreateEventBus", this::create),
                Map.entry("DescribeEventBus", this::describe),
                Map.entry("ListEventBuses", this::list),
                Map.entry("UpdateEventBus", this::update),
                Map.entry("DeleteEventBus", this::delete),
                Map.entry("PutPermission", this::putPermission),
                Map.entry("RemovePermission", this::removePermission),
                Map.entry("TagResource", this::tag),
                Map.entry("UntagResource", this::untag),
                Map.entry("ListTagsForResource", this::listTags));
    }

    private JsonNode create(ObjectNode input, CallContext context) {
        String name = input.path("Name").asText();
        if (!name.matches("[/.\\-_A-Za-z0-9]{1,256}")) {
            throw AwsError.of(
                    "ValidationException",
                    "1 validation error detected: Value '" + name
                            + "' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                            + " [/\\.\\-_A-Za-z0-9]+");
        }
        String arn = catalog.settings().arn("events", "event-bus/" + name);
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        EventCatalog.copy(input, settings, SETTINGS);
        double now = System.currentTimeMillis() / 1000.0;
        settings.put("CreationTime", now).put("LastModifiedTime", now);
        if (catalog.buses().putIfAbsent(name, new EventBus(name, arn, settings)) != null) {
            throw AwsError.of("ResourceAlreadyExistsException", "Event bus " + name + " already exists.");
        }
        catalog.tag(arn, input.path("Tags"));
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("EventBusArn", arn);
        EventCatalog.copy(input, output, SETTINGS);
        return output;
    }

    private JsonNode describe(ObjectNode input, CallContext context) {
        return json(named(input));
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        String prefix = input.path("NamePrefix").asText();
        List<ObjectNode> buses = catalog.buses().values().stream()
                .filter(bus -> bus.name().startsWith(prefix))
                .map(BusOperations::json)
                .toList();
        return EventCatalog.page(input, buses, "EventBuses");
    }

    private JsonNode update(ObjectNode input, CallContext context) {
        EventBus bus = named(input);
        ObjectNode settings = bus.settings().deepCopy();
        EventCatalog.copy(input, settings, SETTINGS);
        settings.put("LastModifiedTime", System.currentTimeMillis() / 1000.0);
        bus.settings(settings);
        ObjectNode output =
                JsonNodeFactory.instance.objectNode().put("Arn", bus.arn()).put("Name", bus.name());
        EventCatalog.copy(settings, output, SETTINGS);
        return output;
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        String name = input.path("Name").asText();
        EventBus bus = catalog.find(name);
        if (name.equals(EventCatalog.DEFAULT_BUS)) {
            throw AwsError.of("ValidationException", "Cannot delete event bus default.");
        }
        if (bus != null) {
            if (!bus.rules().isEmpty()) {
                throw AwsError.of("ValidationException", "Event bus " + name + " has rules. Delete the rules first.");
            }
            catalog.buses().remove(bus.name());
            catalog.forgetTags(bus.arn());
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode putPermission(ObjectNode input, CallContext context) {
        EventBus bus = catalog.bus(input);
        synchronized (bus) {
            if (input.hasNonNull("Policy")) {
                bus.statements().clear();
                for (JsonNode statement : policyStatements(input.get("Policy").asText())) {
                    bus.statements().put(statement.path("Sid").asText(), (ObjectNode) statement);
                }
            } else {
                String id = input.path("StatementId").asText();
                bus.statements().put(id, statement(bus, input, id));
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode removePermission(ObjectNode input, CallContext context) {
        EventBus bus = catalog.bus(input);
        synchronized (bus) {
            String id = input.path("StatementId").asText();
            if (input.path("RemoveAllPermissions").asBoolean()) {
                bus.statements().clear();
            } else if (bus.statements().remove(id) == null) {
                throw EventCatalog.notFound("Statement with the provided id does not exist.");
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode tag(ObjectNode input, CallContext context) {
        catalog.tag(tagged(input), input.path("Tags"));
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode untag(ObjectNode input, CallContext context) {
        Map<String, String> tags = catalog.tags(tagged(input));
        input.path("TagKeys").forEach(key -> tags.remove(key.asText()));
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode listTags(ObjectNode input, CallContext context) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        var list = output.putArray("Tags");
        catalog.tags(tagged(input))
                .forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
        return output;
    }

    /** The ARN of an existing bus or rule. */
    private String tagged(ObjectNode input) {
        String arn = input.path("ResourceARN").asText();
        boolean exists = catalog.find(arn) != null
                || catalog.buses().values().stream()
                        .flatMap(bus -> bus.rules().stream())
                        .anyMatch(rule -> rule.arn().equals(arn));
        if (!exists) {
            String resource = arn.substring(arn.lastIndexOf(':') + 1);
            throw EventCatalog.notFound(resource + " does not exist.");
        }
        return arn;
    }

    private EventBus named(ObjectNode input) {
        String name = input.path("Name").asText();
        EventBus bus = catalog.find(name);
        if (bus == null) {
            throw EventCatalog.notFound("Event bus " + name + " does not exist.");
        }
        return bus;
    }

    private static ObjectNode json(EventBus bus) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("Name", bus.name()).put("Arn", bus.arn());
        json.setAll(bus.settings());
        synchronized (bus) {
            if (!bus.statements().isEmpty()) {
                ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
                bus.statements().values().forEach(policy.putArray("Statement")::add);
                json.put("Policy", policy.toString());
            }
        }
        return json;
    }

    private static ObjectNode statement(EventBus bus, ObjectNode input, String id) {
        String principal = input.path("Principal").asText();
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("Sid", id).put("Effect", "Allow");
        if (principal.equals("*")) {
            statement.put("Principal", "*");
        } else {
            statement.putObject("Principal").put("AWS", "arn:aws:iam::" + principal + ":root");
        }
        statement.put("Action", input.path("Action").asText()).put("Resource", bus.arn());
        JsonNode condition = input.path("Condition");
        if (condition.isObject()) {
            statement
                    .putObject("Condition")
                    .putObject(condition.path("Type").asText())
                    .put(condition.path("Key").asText(), condition.path("Value").asText());
        }
        return statement;
    }

    private static JsonNode policyStatements(String policy) {
        try {
            JsonNode statements = MAPPER.readTree(policy).path("Statement");
            return statements.isObject() ? MAPPER.createArrayNode().add(statements) : statements;
        } catch (JsonProcessingException e) {
            throw AwsError.of("ValidationException", "The policy is not valid JSON: " + e.getOriginalMessage());
        }
    }
}
