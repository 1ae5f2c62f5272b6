package io.marketpipeline.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.stack.Change;
import io.marketpipeline.local.cloudformation.stack.ChangeSet;
import io.marketpipeline.local.cloudformation.stack.Deployable;
import io.marketpipeline.local.cloudformation.stack.OnFailure;
import io.marketpipeline.local.cloudformation.stack.ResourceDrift;
import io.marketpipeline.local.cloudformation.stack.Stack;
import io.marketpipeline.local.cloudformation.stack.StackEvent;
import io.marketpipeline.local.cloudformation.stack.StackResource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Writes stacks, change sets, events and resources as the API shows them. */
final class Answers {
    /** What AWS shows of a parameter with NoEcho. */
    private static final String MASK = "****";

    private Answers() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static BigDecimal time(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }

    static ObjectNode stack(Stack stack) {
        ObjectNode json = object().put("StackId", stack.id())
                .put("StackName", stack.name())
                .put("CreationTime", time(stack.created()))
                .put("StackStatus", stack.status());
        text(json, "StackStatusReason", stack.reason());
        text(json, "ChangeSetId", stack.settings().changeSetId());
        stack.updated().ifPresent(at -> json.put("LastUpdatedTime", time(at)));
        stack.deleted().ifPresent(at -> json.put("DeletionTime", time(at)));
        json.put("DisableRollback", stack.settings().onFailure() == OnFailure.DO_NOTHING);
        json.put("EnableTerminationProtection", stack.settings().terminationProtection());
        json.putObject("RollbackConfiguration");
        json.putArray("NotificationARNs");
        ObjectNode drift = json.putObject("DriftInformation").put("StackDriftStatus", stack.driftStatus());
        stack.drifts().values().stream()
                .map(ResourceDrift::checkedAt)
                .max(Comparator.naturalOrder())
                .ifPresent(at -> drift.put("LastCheckTimestamp", time(at)));
        stack.settings().capabilities().forEach(json.putArray("Capabilities")::add);
        stack.template().ifPresent(template -> text(json, "Description", template.description()));
        stack.deployed().ifPresent(deployed -> deployed(json, deployed));
        ArrayNode outputs = json.putArray("Outputs");
        stack.outputs().forEach(output -> {
            ObjectNode one = outputs.addObject().put("OutputKey", output.key()).put("OutputValue", output.value());
            text(one, "Description", output.description());
            text(one, "ExportName", output.exportName());
        });
        return json;
    }

    static void deployed(ObjectNode json, Deployable deployed) {
        ArrayNode parameters = json.putArray("Parameters");
        JsonNode declared = deployed.template().section("Parameters");
        deployed.parameters().forEach((key, value) -> parameters
                .addObject()
                .put("ParameterKey", key)
                .put("ParameterValue", declared.path(key).path("NoEcho").asBoolean() ? MASK : value));
        ArrayNode tags = json.putArray("Tags");
        deployed.tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
    }

    static ObjectNode summary(Stack stack) {
        ObjectNode json = stack(stack);
        json.retain(List.of(
                "StackId",
                "StackName",
                "CreationTime",
                "LastUpdatedTime",
                "DeletionTime",
                "StackStatus",
                "StackStatusReason",
                "DriftInformation"));
        stack.template().ifPresent(template -> text(json, "TemplateDescription", template.description()));
        return json;
    }

    static ObjectNode event(Stack stack, StackEvent event) {
        ObjectNode json = object().put("StackId", stack.id())
                .put("StackName", stack.name())
                .put("EventId", event.eventId())
                .put("Timestamp", time(event.timestamp()))
                .put("LogicalResourceId", event.logicalId())
                .put("ResourceType", event.type())
                .put("ResourceStatus", event.status());
        text(json, "PhysicalResourceId", event.physicalId());
        text(json, "OperationId", event.operationId());
        text(json, "ResourceStatusReason", event.reason());
        text(json, "ResourceProperties", event.properties());
        text(json, "ClientRequestToken", event.clientToken());
        return json;
    }

    private static ObjectNode resource(StackResource resource) {
        ObjectNode json = object().put("LogicalResourceId", resource.logicalId())
                .put("ResourceType", resource.type())
                .put("ResourceStatus", resource.status());
        text(json, "PhysicalResourceId", resource.physicalId());
        text(json, "ResourceStatusReason", resource.reason());
        return json;
    }

    /** A resource with what drift detection found of it. */
    static ObjectNode checked(Stack stack, StackResource resource) {
        ObjectNode json = resource(resource);
        ResourceDrift drift = stack.drifts().get(resource.logicalId());
        ObjectNode information = json.putObject("DriftInformation")
                .put(
                        "StackResourceDriftStatus",
                        drift == null ? "NOT_CHECKED" : drift.status().name());
        if (drift != null) {
            information.put("LastCheckTimestamp", time(drift.checkedAt()));
        }
        return json;
    }

    /** A resource with the stack that it belongs to. */
    static ObjectNode resource(Stack stack, StackResource resource) {
        return checked(stack, resource).put("StackId", stack.id()).put("StackName", stack.name());
    }

    static ObjectNode changeSetSummary(ChangeSet set) {
        ObjectNode json = object().put("StackId", set.stack().id())
                .put("StackName", set.stack().name())
                .put("ChangeSetId", set.id())
                .put("ChangeSetName", set.name())
                .put("Status", set.status())
                .put("ExecutionStatus", set.executionStatus())
                .put("CreationTime", time(set.created()))
                .put("IncludeNestedStacks", false)
                .put("ImportExistingResources", set.importExisting());
        text(json, "StatusReason", set.reason());
        text(json, "Description", set.description());
        return json;
    }

    static ObjectNode changeSet(ChangeSet set, List<Change> changes, boolean withValues) {
        ObjectNode json = changeSetSummary(set);
        deployed(json, set.wanted());
        json.putArray("NotificationARNs");
        json.putObject("RollbackConfiguration");
        set.settings().capabilities().forEach(json.putArray("Capabilities")::add);
        json.put("OnStackFailure", set.settings().onFailure().name());
        if (set.driftAware()) {
            json.put("DeploymentMode", "REVERT_DRIFT").put("StackDriftStatus", set.driftStatus());
        }
        ArrayNode list = json.putArray("Changes");
        changes.forEach(
                change -> list.addObject().put("Type", "Resource").set("ResourceChange", change(change, withValues)));
        return json;
    }

    private static ObjectNode change(Change change, boolean withValues) {
        ObjectNode json = object().put("Action", change.action().text())
                .put("LogicalResourceId", change.logicalId())
                .put("ResourceType", change.type());
        text(json, "PhysicalResourceId", change.physicalId());
        text(json, "PolicyAction", change.policyAction());
        change.replacement().ifPresent(replacement -> json.put("Replacement", replacement.text()));
        ArrayNode scope = json.putArray("Scope");
        change.details().stream()
                .map(Change.Detail::attribute)
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(scope::add);
        ArrayNode details = json.putArray("Details");
        change.details().forEach(detail -> details.add(detail(change, detail, withValues)));
        if (withValues) {
            context(json, "BeforeContext", change.before());
            context(json, "AfterContext", change.after());
        }
        change.actual().ifPresent(actual -> actual(json, actual, withValues));
        return json;
    }

    /** What only drift-aware change sets have. */
    private static void actual(ObjectNode json, Change.Actual actual, boolean withValues) {
        ResourceDrift.Status status = actual.drift().status();
        json.put("ResourceDriftStatus", status.name());
        ArrayNode ignored = json.putArray("ResourceDriftIgnoredAttributes");
        actual.ignored().stream().sorted().forEach(name -> ignored.addObject()
                .put("Path", "/Properties/" + name)
                .put("Reason", "WRITE_ONLY_PROPERTY"));
        if (withValues && status.drifted()) {
            context(json, "PreviousDeploymentContext", actual.deployed());
        }
    }

    private static void context(ObjectNode json, String member, JsonNode context) {
        if (!context.isMissingNode()) {
            json.put(member, context.toString());
        }
    }

    private static ObjectNode detail(Change change, Change.Detail detail, boolean withValues) {
        ObjectNode json = object();
        ObjectNode target = json.putObject("Target")
                .put("Attribute", detail.attribute())
                .put("RequiresRecreation", detail.recreation());
        text(target, "Name", detail.name());
        if (withValues) {
            target.put("Path", detail.path()).put("AttributeChangeType", detail.changeType());
            value(target, "BeforeValue", detail.before());
            value(target, "AfterValue", detail.after());
            change.actual().ifPresent(actual -> source(target, change.action(), detail, actual));
        }
        json.put("Evaluation", detail.dynamic() ? "Dynamic" : "Static");
        json.put("ChangeSource", detail.dynamic() ? "ResourceReference" : "DirectModification");
        return json;
    }

    private static void source(ObjectNode target, Change.Action action, Change.Detail detail, Change.Actual actual) {
        boolean read = actual.drift().status() != ResourceDrift.Status.NOT_CHECKED
                && !actual.ignored().contains(detail.name());
        target.put("BeforeValueFrom", read ? "ACTUAL_STATE" : "PREVIOUS_DEPLOYMENT_STATE");
        target.put("AfterValueFrom", "TEMPLATE");
        JsonNode is = action == Change.Action.SYNC_WITH_ACTUAL ? detail.after() : detail.before();
        if (action == Change.Action.SYNC_WITH_ACTUAL) {
            target.put("AttributeChangeType", action.text());
            value(target, "BeforeValue", is);
        }
        JsonNode deployed = actual.deployed().at(detail.path());
        if (read && !deployed.equals(is)) {
            ObjectNode drift = target.putObject("Drift");
            value(drift, "PreviousValue", deployed);
            value(drift, "ActualValue", is);
            drift.put("DriftDetectionTimestamp", time(actual.drift().checkedAt()));
        }
    }

    private static void value(ObjectNode target, String member, JsonNode value) {
        if (!value.isMissingNode()) {
            target.put(member, value.isValueNode() ? value.asText() : value.toString());
        }
    }

    /** One page of a list; {@code NextToken} is where it begins. */
    static <T> ObjectNode page(
            String member, List<T> items, Request request, int size, Function<T, ObjectNode> writer) {
        ToIntFunction<String> number = text -> text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        int from =
                Math.min(request.optional("NextToken").map(number::applyAsInt).orElse(0), items.size());
        int to = Math.min(items.size(), from + size);
        ObjectNode json = object();
        ArrayNode list = json.putArray(member);
        items.subList(from, to).forEach(item -> list.add(writer.apply(item)));
        if (to < items.size()) {
            json.put("NextToken", Integer.toString(to));
        }
        return json;
    }

    static void text(ObjectNode json, String member, String value) {
        if (!value.isEmpty()) {
            json.put(member, value);
        }
    }
}
