package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of a resource type without calling anything. Immutable.
 *
 * @param type such as {@code AWS::SQS::Queue}
 * @param name the property that names the resource, if it may have a name of its own
 * @param identifier the properties or attributes that identify it, as in {@code ResourcesToImport}
 * @param taggable whether it has a property {@code Tags}, which takes the stack's tags too
 * @param required properties that must be there
 * @param createOnly properties whose change replaces the resource
 * @param attributes what {@code Fn::GetAtt} reads
 * @param unsupported properties that AWS has and this endpoint refuses
 * @param properties the shape of the other properties, as JSON schema; not to be changed
 */
public record ResourceSchema(
        String type,
        Optional<NameRule> name,
        List<String> identifier,
        boolean taggable,
        Set<String> required,
        Set<String> createOnly,
        Set<String> attributes,
        Set<String> unsupported,
        JsonNode properties) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Optional<ResourceSchema>> LOADED = new ConcurrentHashMap<>();

    /**
     * The property that names a resource.
     *
     * @param property such as {@code QueueName}
     * @param maxLength characters that a generated name has at most
     */
    public record NameRule(String property, int maxLength) {}

    /** The schema of a type, or empty if there is no such type here. */
    public static Optional<ResourceSchema> of(String type) {
        return LOADED.computeIfAbsent(type, ResourceSchema::load);
    }

    /** The name that properties give a resource; empty if CloudFormation makes one up. */
    public Optional<String> customName(ObjectNode properties) {
        return name.filter(rule -> properties.hasNonNull(rule.property()))
                .map(rule -> properties.get(rule.property()).asText());
    }

    private static Optional<ResourceSchema> load(String type) {
        if (!type.matches("AWS(::[A-Za-z0-9]+){2}")) {
            return Optional.empty();
        }
        try (InputStream file =
                ResourceSchema.class.getResourceAsStream("types/" + type.replace("::", "-") + ".json")) {
            return file == null ? Optional.empty() : Optional.of(read(JSON.readTree(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the schema of " + type, e);
        }
    }

    private static ResourceSchema read(JsonNode json) {
        JsonNode name = json.path("name");
        return new ResourceSchema(
                json.path("type").asText(),
                name.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new NameRule(
                                name.path("property").asText(),
                                name.path("maxLength").asInt())),
                List.copyOf(texts(json.path("identifier"))),
                json.path("taggable").asBoolean(),
                texts(json.path("required")),
                texts(json.path("createOnly")),
                texts(json.path("attributes")),
                texts(json.path("unsupported")),
                json.path("properties"));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(element -> texts.add(element.asText()));
        return Collections.unmodifiableSet(texts);
    }
}
