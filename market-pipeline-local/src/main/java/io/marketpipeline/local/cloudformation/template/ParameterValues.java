package io.marketpipeline.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks the values given for a template's parameters and fills in the defaults. */
public final class ParameterValues {
    private ParameterValues() {}

    /**
     * The values of all parameters of a template.
     *
     * @param given the values given for this operation, by name
     * @return texts by name, in the order of the template
     * @throws TemplateException if a value is missing, not allowed, or given for no parameter
     */
    public static Map<String, String> of(Template template, Map<String, String> given) {
        JsonNode declared = template.section("Parameters");
        List<String> unknown = given.keySet().stream()
                .filter(name -> !declared.has(name))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new TemplateException("Parameters: " + unknown + " do not exist in the template");
        }
        Map<String, String> values = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        declared.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode fallback = entry.getValue().path("Default");
            if (given.containsKey(name)) {
                values.put(name, checked(name, given.get(name), entry.getValue()));
            } else if (fallback.isMissingNode()) {
                missing.add(name);
            } else {
                values.put(name, checked(name, fallback.asText(), entry.getValue()));
            }
        });
        if (!missing.isEmpty()) {
            throw new TemplateException("Parameters: " + missing + " must have values");
        }
        return values;
    }

    /** The values as what {@code Ref} gives: lists for list types. */
    public static Map<String, JsonNode> references(Template template, Map<String, String> values) {
        Map<String, JsonNode> references = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            String type = template.section("Parameters").path(name).path("Type").asText();
            references.put(
                    name,
                    type.startsWith("List<") || type.equals("CommaDelimitedList")
                            ? list(value)
                            : TextNode.valueOf(value));
        });
        return references;
    }

    private static ArrayNode list(String value) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String element : value.split(",", -1)) {
            list.add(element.strip());
        }
        return list;
    }

    private static String checked(String name, String value, JsonNode declared) {
        String type = declared.path("Type").asText();
        if (type.equals("Number") && !value.matches("-?[0-9]+(\\.[0-9]+)?")) {
            throw refused(name, declared, "must be a number");
        }
        List<String> allowed = new ArrayList<>();
        declared.path("AllowedValues").forEach(element -> allowed.add(element.asText()));
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            throw refused(name, declared, "must be one of AllowedValues");
        }
        JsonNode pattern = declared.path("AllowedPattern");
        if (pattern.isTextual() && !Pattern.matches(pattern.asText(), value)) {
            throw refused(name, declared, "must match pattern " + pattern.asText());
        }
        if (value.length() < declared.path("MinLength").asInt(0)) {
            throw refused(
                    name,
                    declared,
                    "must contain at least " + declared.path("MinLength").asInt() + " characters");
        }
        if (value.length() > declared.path("MaxLength").asInt(Integer.MAX_VALUE)) {
            throw refused(
                    name,
                    declared,
                    "must contain at most " + declared.path("MaxLength").asInt() + " characters");
        }
        return value;
    }

    private static TemplateException refused(String name, JsonNode declared, String rule) {
        String told = declared.path("ConstraintDescription").asText("");
        return new TemplateException(
                "Parameter '" + name + "' " + (told.isEmpty() ? rule : "failed to satisfy constraint: " + told));
    }
}
