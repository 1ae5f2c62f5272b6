package io.marketpipeline.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.resource.ResourceSchema;
import io.marketpipeline.local.cloudformation.stack.ChangeSet;
import io.marketpipeline.local.cloudformation.stack.ChangeSets;
import io.marketpipeline.local.cloudformation.stack.Stack;
import io.marketpipeline.local.cloudformation.stack.Stacks;
import io.marketpipeline.local.cloudformation.template.Template;
import io.marketpipeline.local.cloudformation.template.TemplateResource;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The operations on templates. Thread-safe. */
final class TemplateOperations {
    private final Stacks stacks;
    private final ChangeSets changeSets;
    private final TemplateSource templates;

    TemplateOperations(Stacks stacks, ChangeSets changeSets, TemplateSource templates) {
        this.stacks = stacks;
        this.changeSets = changeSets;
        this.templates = templates;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "GetTemplate", (input, context) -> get(new Request(input)),
                "ValidateTemplate", (input, context) -> validate(new Request(input)),
                "GetTemplateSummary", (input, context) -> summary(new Request(input)));
    }

    private JsonNode get(Request request) {
        Optional<String> changeSet = request.optional("ChangeSetName");
        Template template = changeSet.isPresent() ? ofChangeSet(changeSet.get(), request) : ofStack(request);
        ObjectNode json = Answers.object().put("TemplateBody", template.body());
        json.putArray("StagesAvailable").add("Original").add("Processed");
        return json;
    }

    private Template ofChangeSet(String name, Request request) {
        Optional<ChangeSet> found = name.startsWith("arn:")
                ? changeSets.find(name)
                : changeSets.find(name, stacks.get(request.required("StackName")));
        return found.orElseThrow(() -> AwsError.of("ChangeSetNotFound", "ChangeSet [" + name + "] does not exist", 404))
                .wanted()
                .template();
    }

    private Template ofStack(Request request) {
        Stack stack = stacks.get(request.required("StackName"));
        return stack.template()
                .orElseThrow(
                        () -> AwsError.of("ValidationError", "Stack with id " + stack.name() + " has no template yet"));
    }

    private JsonNode validate(Request request) {
        Template template = templates.of(request, Optional.empty());
        ObjectNode json = Answers.object().put("Description", template.description());
        ArrayNode parameters = json.putArray("Parameters");
        template.section("Parameters").properties().forEach(entry -> {
            JsonNode declared = entry.getValue();
            ObjectNode one = parameters.addObject().put("ParameterKey", entry.getKey());
            if (declared.has("Default")) {
                one.put("DefaultValue", declared.path("Default").asText());
            }
            one.put("NoEcho", declared.path("NoEcho").asBoolean());
            Answers.text(one, "Description", declared.path("Description").asText(""));
        });
        capabilities(template, json);
        return json;
    }

    private JsonNode summary(Request request) {
        Template template = request.has("StackName") ? ofStack(request) : templates.of(request, Optional.empty());
        ObjectNode json = Answers.object().put("Description", template.description());
        json.put("Version", "2010-09-09");
        if (template.root().has("Metadata")) {
            json.put("Metadata", template.section("Metadata").toString());
        }
        ArrayNode parameters = json.putArray("Parameters");
        template.section("Parameters").properties().forEach(entry -> {
            ObjectNode one = parameters
                    .addObject()
                    .put("ParameterKey", entry.getKey())
                    .put("ParameterType", entry.getValue().path("Type").asText());
            if (entry.getValue().has("Default")) {
                one.put("DefaultValue", entry.getValue().path("Default").asText());
            }
        });
        capabilities(template, json);
        ArrayNode types = json.putArray("ResourceTypes");
        Map<String, ObjectNode> identifiers = new LinkedHashMap<>();
        ArrayNode summaries = json.putArray("ResourceIdentifierSummaries");
        template.resources().values().forEach(resource -> {
            ObjectNode one = identifiers.computeIfAbsent(resource.type(), type -> identifiers(type, summaries));
            one.withArray("LogicalResourceIds").add(resource.logicalId());
        });
        identifiers.keySet().forEach(types::add);
        return json;
    }

    private static ObjectNode identifiers(String type, ArrayNode summaries) {
        ObjectNode one = summaries.addObject().put("ResourceType", type);
        ArrayNode members = one.putArray("ResourceIdentifiers");
        ResourceSchema.of(type).orElseThrow().identifier().forEach(members::add);
        return one;
    }

    private static void capabilities(Template template, ObjectNode json) {
        boolean identity = template.resources().values().stream()
                .map(TemplateResource::type)
                .anyMatch(type -> type.startsWith("AWS::IAM::"));
        if (identity) {
            json.putArray("Capabilities").add("CAPABILITY_NAMED_IAM");
            json.put("CapabilitiesReason", "The following resource(s) require capabilities: [AWS::IAM]");
        }
    }
}
