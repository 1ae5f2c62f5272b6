package io.marketpipeline.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a tree of unevaluated functions refers to, and refuses what isn't there. */
final class References {
    /** A name in {@code Fn::Sub}; {@code ${!literal}} is none. */
    static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");

    private static final Set<String> FUNCTIONS = Set.of(
            "Fn::GetAtt",
            "Fn::Sub",
            "Fn::Join",
            "Fn::Select",
            "Fn::Split",
            "Fn::FindInMap",
            "Fn::Base64",
            "Fn::ImportValue",
            "Fn::If",
            "Fn::Equals",
            "Fn::Not",
            "Fn::And",
            "Fn::Or");

    private References() {}

    static Set<Reference> all(Template template) {
        Set<Reference> all = new LinkedHashSet<>();
        template.resources().values().forEach(resource -> all.addAll(find(resource.properties())));
        all.addAll(find(template.section("Outputs")));
        return all;
    }

    static void check(Template template) {
        Set<String> parameters = names(template.section("Parameters"));
        Set<String> unresolved = new TreeSet<>();
        template.resources().forEach((id, resource) -> {
            find(resource.properties()).forEach(reference -> check(template, parameters, reference, unresolved));
            resource.dependsOn().stream()
                    .filter(target -> !template.resources().containsKey(target))
                    .forEach(unresolved::add);
            resource.condition().ifPresent(condition -> checkCondition(template, condition));
        });
        refuse(unresolved, "Resources");
        template.section("Outputs").properties().forEach(output -> {
            if (!output.getValue().has("Value")) {
                throw new TemplateException("Template format error: Output " + output.getKey()
                        + " is malformed. The Value field of every Outputs member is required.");
            }
            find(output.getValue()).forEach(reference -> check(template, parameters, reference, unresolved));
        });
        refuse(unresolved, "Outputs");
    }

    /** Every reference in the tree, conditions' branches included, each once. */
    static Set<Reference> find(JsonNode node) {
        Set<Reference> found = new LinkedHashSet<>();
        collect(node, found);
        return found;
    }

    private static void collect(JsonNode node, Set<Reference> found) {
        if (node instanceof ArrayNode array) {
            array.forEach(element -> collect(element, found));
        } else if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (object.size() == 1) {
                    function(entry.getKey(), entry.getValue(), found);
                }
                collect(entry.getValue(), found);
            });
        }
    }

    private static void function(String name, JsonNode argument, Set<Reference> found) {
        switch (name) {
            case "Ref" -> found.add(new Reference(argument.asText(), ""));
            case "Fn::GetAtt" -> found.add(attribute(argument));
            case "Fn::Sub" -> found.addAll(substituted(argument));
            default -> {
                if (name.startsWith("Fn::") && !FUNCTIONS.contains(name)) {
                    throw new TemplateException(
                            "Template error: intrinsic function " + name + " is not supported by the local endpoint");
                }
            }
        }
    }

    static Reference attribute(JsonNode argument) {
        if (argument.isTextual() && argument.textValue().contains(".")) {
            String[] parts = argument.textValue().split("\\.", 2);
            return new Reference(parts[0], parts[1]);
        }
        if (argument.isArray() && argument.size() == 2 && argument.get(0).isTextual()) {
            return new Reference(argument.get(0).asText(), argument.get(1).asText());
        }
        throw new TemplateException("Template error: every Fn::GetAtt object requires two non-empty parameters, "
                + "the resource name and the resource attribute");
    }

    private static List<Reference> substituted(JsonNode argument) {
        boolean withMap = argument.isArray();
        String text = (withMap ? argument.path(0) : argument).asText();
        JsonNode own = withMap ? argument.path(1) : argument;
        List<Reference> found = new ArrayList<>();
        Matcher variables = VARIABLE.matcher(text);
        while (variables.find()) {
            String name = variables.group(1).strip();
            if (!own.has(name)) {
                String[] parts = name.split("\\.", 2);
                found.add(new Reference(parts[0], parts.length == 2 ? parts[1] : ""));
            }
        }
        return found;
    }

    private static void check(Template template, Set<String> parameters, Reference reference, Set<String> unresolved) {
        boolean resource = template.resources().containsKey(reference.target());
        if (!reference.attribute().isEmpty() && !resource) {
            throw new TemplateException(
                    "Template error: instance of Fn::GetAtt references undefined resource " + reference.target());
        }
        if (!resource
                && !parameters.contains(reference.target())
                && !PseudoParameters.NAMES.contains(reference.target())) {
            unresolved.add(reference.target());
        }
    }

    private static void checkCondition(Template template, String condition) {
        if (!template.section("Conditions").has(condition)) {
            throw new TemplateException("Template validation error: Template error: Unresolved condition dependency "
                    + condition + " in the Resources block of the template");
        }
    }

    private static void refuse(Set<String> unresolved, String section) {
        if (!unresolved.isEmpty()) {
            throw new TemplateException("Template format error: Unresolved resource dependencies " + unresolved
                    + " in the " + section + " block of the template");
        }
    }

    private static Set<String> names(ObjectNode section) {
        Set<String> names = new LinkedHashSet<>();
        section.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
