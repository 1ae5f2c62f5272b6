package io.marketpipeline.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.template.TemplateResource.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A template whose structure and references have been checked. Immutable; the trees it hands out are not to be changed.
 *
 * @param body the text it was read from
 * @param root the whole tree, functions in their long form
 * @param resources by logical id, in the order of the template
 */
public record Template(String body, ObjectNode root, Map<String, TemplateResource> resources) {
    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Description",
            "Metadata",
            "Parameters",
            "Mappings",
            "Conditions",
            "Resources",
            "Outputs",
            "Rules");
    private static final Set<String> RESOURCE_KEYS = Set.of(
            "Type",
            "Properties",
            "Metadata",
            "Condition",
            "DependsOn",
            "DeletionPolicy",
            "UpdateReplacePolicy",
            "CreationPolicy",
            "UpdatePolicy");
    private static final String FORMAT_ERROR = "Template format error: ";

    /**
     * Reads and checks a template.
     *
     * @param body YAML, or JSON if it begins with a brace
     * @throws TemplateException what is wrong with it, in AWS's words
     */
    public static Template parse(String body) {
        ObjectNode root = TemplateReader.read(body);
        root.fieldNames().forEachRemaining(section -> {
            if (!SECTIONS.contains(section)) {
                throw new TemplateException("Invalid template property or properties [" + section + "]");
            }
        });
        JsonNode declared = root.path("Resources");
        if (!declared.isObject() || declared.isEmpty()) {
            throw new TemplateException(FORMAT_ERROR + "At least one Resources member must be defined.");
        }
        Map<String, TemplateResource> resources = new LinkedHashMap<>();
        declared.properties()
                .forEach(entry -> resources.put(entry.getKey(), resource(entry.getKey(), entry.getValue())));
        Template template = new Template(body, root, Collections.unmodifiableMap(resources));
        References.check(template);
        Dependencies.of(template).order();
        return template;
    }

    /**
     * A resource that the template has.
     *
     * @throws TemplateException if it hasn't
     */
    public TemplateResource resource(String logicalId) {
        TemplateResource resource = resources.get(logicalId);
        if (resource == null) {
            throw new TemplateException("Resource " + logicalId + " does not exist in the template");
        }
        return resource;
    }

    /** A section, or an empty object. */
    public ObjectNode section(String name) {
        return root.get(name) instanceof ObjectNode section ? section : JsonNodeFactory.instance.objectNode();
    }

    /** Everything that resources and outputs refer to, each once. */
    public Set<Reference> references() {
        return References.all(this);
    }

    /** The description, or an empty text. */
    public String description() {
        return root.path("Description").asText("");
    }

    private static TemplateResource resource(String id, JsonNode node) {
        if (!id.matches("[a-zA-Z0-9]+")) {
            throw new TemplateException(FORMAT_ERROR + "Resource name " + id + " is non alphanumeric.");
        }
        if (!(node instanceof ObjectNode resource)) {
            throw new TemplateException(FORMAT_ERROR + "[/Resources/" + id + "] resource definition is malformed");
        }
        resource.fieldNames().forEachRemaining(key -> {
            if (!RESOURCE_KEYS.contains(key)) {
                throw new TemplateException("Invalid template resource property '" + key + "'");
            }
        });
        if (!resource.path("Type").isTextual()) {
            throw new TemplateException(
                    FORMAT_ERROR + "[/Resources/" + id + "] Every Resources object must contain a Type member.");
        }
        return new TemplateResource(
                id,
                resource.path("Type").asText(),
                object(id, resource, "Properties"),
                object(id, resource, "Metadata"),
                Optional.ofNullable(resource.get("Condition")).map(JsonNode::asText),
                dependsOn(id, resource.path("DependsOn")),
                policy(id, resource, "DeletionPolicy"),
                policy(id, resource, "UpdateReplacePolicy"));
    }

    private static ObjectNode object(String id, ObjectNode resource, String key) {
        JsonNode value = resource.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new TemplateException(FORMAT_ERROR + "[/Resources/" + id + "/" + key + "] must be an object");
    }

    private static List<String> dependsOn(String id, JsonNode node) {
        if (node.isMissingNode()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        (node.isArray() ? node : JsonNodeFactory.instance.arrayNode().add(node)).forEach(element -> {
            if (!element.isTextual()) {
                throw new TemplateException(
                        FORMAT_ERROR + "[/Resources/" + id + "/DependsOn] every DependsOn value must be a string");
            }
            ids.add(element.asText());
        });
        return List.copyOf(ids);
    }

    private static Policy policy(String id, ObjectNode resource, String key) {
        JsonNode value = resource.path(key);
        if (value.isMissingNode()) {
            return Policy.DELETE;
        }
        for (Policy policy : Policy.values()) {
            boolean allowed = policy != Policy.RETAIN_EXCEPT_ON_CREATE || key.equals("DeletionPolicy");
            if (allowed && policy.text().equals(value.asText())) {
                return policy;
            }
        }
        throw new TemplateException(
                FORMAT_ERROR + "Unrecognized " + key + " " + value.asText() + " for resource " + id);
    }
}
