package io.marketpipeline.maven.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stack shall be.
 *
 * @param name the stack's name
 * @param template the template's text
 * @param parameters values for the template's parameters
 * @param tags of the stack, which CloudFormation gives to the resources, too
 * @param protection whether the stack refuses to be deleted
 */
public record StackSpec(
        String name, String template, Map<String, String> parameters, Map<String, String> tags, boolean protection) {
    public StackSpec {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** Hides what looks secret, and the values of parameters that the template marks with {@code NoEcho}. */
    Secrets secrets() {
        JsonNode declared = TemplateDocument.of(template).section("Parameters");
        return new Secrets(parameters.entrySet().stream()
                .filter(parameter ->
                        declared.path(parameter.getKey()).path("NoEcho").asBoolean())
                .map(Map.Entry::getValue)
                .toList());
    }
}
