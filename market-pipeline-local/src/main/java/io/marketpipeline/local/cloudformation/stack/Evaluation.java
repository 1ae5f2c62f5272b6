package io.marketpipeline.local.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.marketpipeline.local.cloudformation.resource.PropertyCheck;
import io.marketpipeline.local.cloudformation.resource.ResourceSchema;
import io.marketpipeline.local.cloudformation.template.Evaluator;
import io.marketpipeline.local.cloudformation.template.ParameterValues;
import io.marketpipeline.local.cloudformation.template.PseudoParameters;
import io.marketpipeline.local.cloudformation.template.Scope;
import io.marketpipeline.local.cloudformation.template.TemplateResource;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Evaluates what a stack is to become, against resources that exist or are only planned. Not thread-safe. */
final class Evaluation {
    private final Deployable wanted;
    private final Stack stack;
    private final Stacks stacks;
    private final Map<String, StackResource> known = new HashMap<>();
    private final Evaluator evaluator;
    private final boolean planning;

    /**
     * Creates one that knows no resources yet.
     *
     * @param planning whether what isn't known is known after the deployment, and not an error
     */
    Evaluation(EndpointSettings settings, Stacks stacks, Stack stack, Deployable wanted, boolean planning) {
        this.wanted = wanted;
        this.stack = stack;
        this.stacks = stacks;
        this.planning = planning;
        Map<String, JsonNode> parameters =
                new HashMap<>(ParameterValues.references(wanted.template(), wanted.parameters()));
        PseudoParameters.values(settings.region(), settings.accountId(), stack.name(), stack.id())
                .forEach((name, value) -> parameters.put(name, TextNode.valueOf(value)));
        this.evaluator = new Evaluator(wanted.template(), parameters, new Known());
    }

    void know(StackResource resource) {
        known.put(resource.logicalId(), resource);
    }

    boolean exists(TemplateResource declared) {
        return evaluator.exists(declared);
    }

    /** The properties of a resource, checked, with the stack's tags. */
    PropertyCheck properties(TemplateResource declared) {
        ResourceSchema schema = ResourceSchema.of(declared.type()).orElseThrow();
        ObjectNode evaluated = evaluator.properties(declared);
        return PropertyCheck.of(schema, schema.taggable() ? tagged(evaluated) : evaluated);
    }

    /** A resource's own tags win over the stack's; in the order of their keys, so that they compare. */
    private ObjectNode tagged(ObjectNode properties) {
        JsonNode own = properties.path("Tags");
        if (wanted.tags().isEmpty() || !(own.isArray() || own.isMissingNode())) {
            return properties;
        }
        Map<String, JsonNode> tags = new TreeMap<>();
        wanted.tags().forEach((key, value) -> tags.put(key, TextNode.valueOf(value)));
        own.forEach(tag -> tags.put(tag.path("Key").asText(), tag.path("Value")));
        ObjectNode result = properties.deepCopy();
        ArrayNode list = result.putArray("Tags");
        tags.forEach((key, value) -> list.addObject().put("Key", key).set("Value", value));
        return result;
    }

    List<Output> outputs() {
        List<Output> outputs = new ArrayList<>();
        wanted.template().section("Outputs").properties().forEach(entry -> {
            JsonNode declared = entry.getValue();
            if (!declared.has("Condition")
                    || evaluator.condition(declared.path("Condition").asText())) {
                JsonNode export = declared.path("Export").path("Name");
                outputs.add(new Output(
                        entry.getKey(),
                        evaluator.evaluate(declared.path("Value")).asText(),
                        declared.path("Description").asText(""),
                        export.isMissingNode() ? "" : evaluator.evaluate(export).asText()));
            }
        });
        return outputs;
    }

    private final class Known implements Scope {
        @Override
        public Optional<JsonNode> reference(String logicalId) {
            StackResource resource = known.get(logicalId);
            if (resource != null && resource.exists()) {
                return Optional.of(TextNode.valueOf(resource.physicalId()));
            }
            return unknown(logicalId);
        }

        @Override
        public Optional<JsonNode> attribute(String logicalId, String attribute) {
            StackResource resource = known.get(logicalId);
            if (resource != null && resource.attributes().containsKey(attribute)) {
                return Optional.of(TextNode.valueOf(resource.attributes().get(attribute)));
            }
            return unknown(logicalId);
        }

        @Override
        public Optional<String> export(String name) {
            return stacks.export(name);
        }

        private Optional<JsonNode> unknown(String logicalId) {
            boolean declared = wanted.template().resources().containsKey(logicalId);
            return planning && declared ? Optional.of(KNOWN_AFTER_APPLY) : Optional.empty();
        }
    }

    Stack stack() {
        return stack;
    }
}
