package io.marketpipeline.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rules and their targets. */
final class RuleOperations {
    /** EventBridge's quota of targets for one rule. */
    private static final int MOST_TARGETS = 5;

    private static final Set<String> TARGET_SERVICES = Set.of("lambda", "sqs");

    private final EventCatalog catalog;

    RuleOperations(EventCatalog catalog) {
        this.catalog = catalog;
    }

    Map<String, Operation> operations() {
        return Map.ofEntries(
                Map.entry("PutRule", this::put),
                Map.entry("DescribeRule", this::describe),
                Map.entry("ListRules", this::list),
                Map.entry("ListRuleNamesByTarget", this::listByTarget),
                Map.entry("DeleteRule", this::delete),
                Map.entry("EnableRule", (input, context) -> state(input, "ENABLED")),
                Map.entry("DisableRule", (input, context) -> state(input, "DISABLED")),
                Map.entry("PutTargets", this::putTargets),
                Map.entry("ListTargetsByRule", this::listTargets),
                Map.entry("RemoveTargets", this::removeTargets),
                Map.entry("TestEventPattern", this::test));
    }

    private JsonNode put(ObjectNode input, CallContext context) {
        EventBus bus = catalog.bus(input);
        String name = input.path("Name").asText();
        String pattern = input.path("EventPattern").asText();
        if (!name.matches("[.\\-_A-Za-z0-9]{1,64}")) {
            throw AwsError.of(
                    "ValidationException",
                    "1 validation error detected: Value '" + name
                            + "' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                            + " [\\.\\-_A-Za-z0-9]+");
        }
        if (input.hasNonNull("ScheduleExpression")) {
            throw AwsError.notSupported("ScheduleExpression of rule " + name);
        }
        if (pattern.isEmpty()) {
            throw AwsError.of(
                    "ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
        }
        EventPattern.check(pattern);
        String arn = catalog.ruleArn(bus, name);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("Name", name).put("Arn", arn).put("EventPattern", pattern);
        json.put("State", input.path("State").asText("ENABLED")).put("EventBusName", bus.name());
        json.put("CreatedBy", catalog.settings().accountId());
        EventCatalog.copy(input, json, List.of("Description", "RoleArn"));
        synchronized (bus) {
            Rule old = bus.rule(name);
            bus.put(new Rule(json, pattern, old == null ? List.of() : old.targets()));
        }
        catalog.tag(arn, input.path("Tags"));
        return JsonNodeFactory.instance.objectNode().put("RuleArn", arn);
    }

    private JsonNode describe(ObjectNode input, CallContext context) {
        return rule(catalog.bus(input), input.path("Name").asText()).json().deepCopy();
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        String prefix = input.path("NamePrefix").asText();
        List<ObjectNode> rules = catalog.bus(input).rules().stream()
                .filter(rule -> rule.name().startsWith(prefix))
                .map(rule -> rule.json().deepCopy().without("CreatedBy"))
                .map(ObjectNode.class::cast)
                .toList();
        return EventCatalog.page(input, rules, "Rules");
    }

    private JsonNode listByTarget(ObjectNode input, CallContext context) {
        String arn = input.path("TargetArn").asText();
        List<JsonNode> names = catalog.bus(input).rules().stream()
                .filter(rule ->
                        rule.targets().stream().anyMatch(target -> target.arn().equals(arn)))
                .map(rule -> (JsonNode) JsonNodeFactory.instance.textNode(rule.name()))
                .toList();
        return EventCatalog.page(input, names, "RuleNames");
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        EventBus bus = catalog.find(input.path("EventBusName").asText());
        Rule rule = bus == null ? null : bus.rule(input.path("Name").asText());
        if (bus != null && rule != null) {
            if (!rule.targets().isEmpty()) {
                throw AwsError.of("ValidationException", "Rule can't be deleted since it has targets.");
            }
            bus.remove(rule.name());
            catalog.forgetTags(rule.arn());
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode state(ObjectNode input, String state) {
        EventBus bus = catalog.bus(input);
        Rule found = rule(bus, input.path("Name").asText());
        bus.change(
                found.name(),
                rule -> new Rule(rule.json().deepCopy().put("State", state), rule.pattern(), rule.targets()));
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode putTargets(ObjectNode input, CallContext context) {
        EventBus bus = catalog.bus(input);
        Rule found = rule(bus, input.path("Rule").asText());
        List<Target> given = new ArrayList<>();
        input.path("Targets").forEach(target -> given.add(checked((ObjectNode) target)));
        bus.change(found.name(), rule -> {
            Set<String> replaced = new TreeSet<>();
            given.forEach(target -> replaced.add(target.id()));
            List<Target> targets = new ArrayList<>(rule.targets());
            targets.removeIf(target -> replaced.contains(target.id()));
            targets.addAll(given);
            if (targets.size() > MOST_TARGETS) {
                throw AwsError.of(
                        "LimitExceededException", "The requested resource exceeds the maximum number allowed.");
            }
            return rule.withTargets(targets);
        });
        return noneFailed();
    }

    private JsonNode listTargets(ObjectNode input, CallContext context) {
        Rule rule = rule(catalog.bus(input), input.path("Rule").asText());
        return EventCatalog.page(
                input, rule.targets().stream().map(Target::json).toList(), "Targets");
    }

    private JsonNode removeTargets(ObjectNode input, CallContext context) {
        EventBus bus = catalog.bus(input);
        Rule found = rule(bus, input.path("Rule").asText());
        Set<String> ids = new TreeSet<>();
        input.path("Ids").forEach(id -> ids.add(id.asText()));
        bus.change(
                found.name(),
                rule -> rule.withTargets(rule.targets().stream()
                        .filter(target -> !ids.contains(target.id()))
                        .toList()));
        return noneFailed();
    }

    private JsonNode test(ObjectNode input, CallContext context) {
        String pattern = input.path("EventPattern").asText();
        EventPattern.check(pattern);
        String event = input.path("Event").asText();
        return JsonNodeFactory.instance.objectNode().put("Result", EventPattern.matches(pattern, event));
    }

    private static Rule rule(EventBus bus, String name) {
        Rule rule = bus.rule(name);
        if (rule == null) {
            throw EventCatalog.notFound("Rule " + name + " does not exist on EventBus " + bus.name() + ".");
        }
        return rule;
    }

    private static Target checked(ObjectNode json) {
        Target target = new Target(json.deepCopy());
        if (!target.arn().startsWith("arn:")) {
            throw AwsError.of(
                    "ValidationException",
                    "Parameter " + target.arn() + " is not valid. Reason: Provided Arn is not in correct format.");
        }
        if (!TARGET_SERVICES.contains(target.service())) {
            throw AwsError.notSupported("Target " + target.arn() + " (functions and queues only)");
        }
        range(target, "MaximumRetryAttempts", target.maximumRetries(), 0, 185);
        range(target, "MaximumEventAgeInSeconds", target.maximumAgeSeconds(), 60, 86_400);
        if (target.deadLetterArn().endsWith(".fifo")) {
            throw AwsError.of(
                    "ValidationException",
                    "Parameter DeadLetterConfig is not valid. Reason: FIFO queues are not supported as dead-letter queues.");
        }
        return target;
    }

    private static void range(Target target, String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw AwsError.of(
                    "ValidationException",
                    "Target " + target.id() + ": " + name + " is " + value + "; it must be " + least + " to " + most
                            + ".");
        }
    }

    private static ObjectNode noneFailed() {
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("FailedEntryCount", 0);
        output.putArray("FailedEntries");
        return output;
    }
}
