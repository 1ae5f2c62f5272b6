package io.marketpipeline.maven.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A CloudFormation template: parameters, resources and outputs in the order in which they are written. Immutable; the
 * same input gives the same text, byte for byte.
 */
public final class Template {
    /** Largest template that CloudFormation takes inline, in bytes (user guide, "CloudFormation quotas"). */
    public static final int MAX_INLINE_BYTES = 51_200;

    private final String description;
    private final Map<String, Properties> parameters;
    private final Map<String, Resource> resources;
    private final Map<String, Properties> outputs;

    private Template(
            String description,
            Map<String, Properties> parameters,
            Map<String, Resource> resources,
            Map<String, Properties> outputs) {
        this.description = description;
        this.parameters = parameters;
        this.resources = resources;
        this.outputs = outputs;
    }

    /** The template's text, ending with a line break. */
    public String yaml() {
        Properties root =
                Properties.of("AWSTemplateFormatVersion", "2010-09-09").with("Description", description);
        root.withIf(!parameters.isEmpty(), "Parameters", section(parameters));
        Properties bodies = new Properties();
        resources.forEach((id, resource) -> bodies.with(id, resource.body()));
        return TemplateYaml.write(
                root.with("Resources", bodies).withIf(!outputs.isEmpty(), "Outputs", section(outputs)));
    }

    /** Logical ids with their types, in the order of the template. */
    public Map<String, String> resourceTypes() {
        Map<String, String> types = new LinkedHashMap<>();
        resources.forEach((id, resource) -> types.put(id, resource.type()));
        return types;
    }

    /**
     * Names of the resources of a type, in the order of the template.
     *
     * @param property that names them, such as {@code TableName}
     */
    public List<String> names(String type, String property) {
        return resources.values().stream()
                .filter(resource -> resource.type().equals(type))
                .map(resource -> resource.properties().entries().get(property))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /** Keys of the outputs, in the order of the template. */
    public List<String> outputKeys() {
        return List.copyOf(outputs.keySet());
    }

    Optional<Resource> resource(String logicalId) {
        return Optional.ofNullable(resources.get(logicalId));
    }

    private static Properties section(Map<String, Properties> entries) {
        Properties section = new Properties();
        entries.forEach(section::with);
        return section;
    }

    /** Collects a template's parts. */
    static final class Builder {
        private final String description;
        private final Map<String, Properties> parameters = new LinkedHashMap<>();
        private final Map<String, Resource> resources = new LinkedHashMap<>();
        private final Map<String, Properties> outputs = new LinkedHashMap<>();

        Builder(String description) {
            this.description = description;
        }

        Builder parameter(String name, Properties body) {
            parameters.put(name, body);
            return this;
        }

        Builder add(Resource resource) {
            if (resources.put(resource.logicalId(), resource) != null) {
                throw new IllegalStateException("two resources with the logical id " + resource.logicalId());
            }
            return this;
        }

        Builder addAll(List<Resource> all) {
            all.forEach(this::add);
            return this;
        }

        Builder output(String key, String text, Object value) {
            outputs.put(key, Properties.of("Description", text).with("Value", value));
            return this;
        }

        Template build() {
            return new Template(description, parameters, resources, outputs);
        }
    }
}
