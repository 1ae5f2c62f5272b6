package io.marketpipeline.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates the intrinsic functions of one template with given parameters. Not thread-safe.
 *
 * <p>{@code AWS::NoValue} leaves out the property or element that it is the value of.
 */
public final class Evaluator {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Template template;
    private final Map<String, JsonNode> parameters;
    private final Scope scope;
    private final Set<String> openConditions = new HashSet<>();

    /**
     * Creates one.
     *
     * @param parameters values of the template's parameters and of the pseudo parameters, by name
     */
    public Evaluator(Template template, Map<String, JsonNode> parameters, Scope scope) {
        this.template = template;
        this.parameters = Map.copyOf(parameters);
        this.scope = scope;
    }

    /** The properties of a resource, evaluated. */
    public ObjectNode properties(TemplateResource resource) {
        return (ObjectNode) evaluate(resource.properties());
    }

    /** Whether a resource, or an output, exists under the conditions. */
    public boolean exists(TemplateResource resource) {
        return resource.condition().map(this::condition).orElse(true);
    }

    /** The value of a condition of the template. */
    public boolean condition(String name) {
        JsonNode declared = template.section("Conditions").path(name);
        if (declared.isMissingNode()) {
            throw error("unresolved condition dependency " + name);
        }
        if (!openConditions.add(name)) {
            throw error("circular dependency between conditions, at " + name);
        }
        try {
            return truth(declared);
        } finally {
            openConditions.remove(name);
        }
    }

    /**
     * A tree, evaluated.
     *
     * @return a new tree; missing if the value is {@code AWS::NoValue}
     * @throws TemplateException if a function has wrong arguments or refers to what isn't there
     */
    public JsonNode evaluate(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode result = NODES.arrayNode();
            array.forEach(element -> keep(evaluate(element), result));
            return result;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        if (object.size() == 1) {
            Map.Entry<String, JsonNode> only = object.properties().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                return function(only.getKey(), only.getValue());
            }
        }
        ObjectNode result = NODES.objectNode();
        object.properties().forEach(entry -> {
            JsonNode value = evaluate(entry.getValue());
            if (!value.isMissingNode()) {
                result.set(entry.getKey(), value);
            }
        });
        return result;
    }

    private JsonNode function(String name, JsonNode argument) {
        return switch (name) {
            case "Ref" -> reference(argument.asText());
            case "Fn::GetAtt" -> attribute(argument);
            case "Fn::Sub" -> sub(argument);
            case "Fn::Join" -> join(argument);
            case "Fn::Select" -> select(argument);
            case "Fn::Split" -> split(argument);
            case "Fn::FindInMap" -> findInMap(argument);
            case "Fn::Base64" ->
                TextNode.valueOf(Base64.getEncoder()
                        .encodeToString(text(name, evaluate(argument)).getBytes(StandardCharsets.UTF_8)));
            case "Fn::ImportValue" -> importValue(text(name, evaluate(argument)));
            case "Fn::If" -> branch(argument);
            case "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or" ->
                BooleanNode.valueOf(truth(NODES.objectNode().set(name, argument)));
            default -> throw error("intrinsic function " + name + " is not supported by the local endpoint");
        };
    }

    private JsonNode reference(String name) {
        if (name.equals(PseudoParameters.NO_VALUE)) {
            return MissingNode.getInstance();
        }
        JsonNode parameter = parameters.get(name);
        if (parameter != null) {
            return parameter;
        }
        return scope.reference(name)
                .orElseThrow(() -> new TemplateException("Template format error: Unresolved resource dependencies ["
                        + name + "] in the Resources block of the template"));
    }

    private JsonNode attribute(JsonNode argument) {
        Reference reference = References.attribute(argument);
        String name = reference.attribute();
        if (argument.isArray() && argument.get(1).isObject()) {
            name = text("Fn::GetAtt", evaluate(argument.get(1)));
        }
        return attribute(reference.target(), name);
    }

    private JsonNode attribute(String target, String name) {
        return scope.attribute(target, name)
                .orElseThrow(() ->
                        error("resource " + target + " does not support attribute type " + name + " in Fn::GetAtt"));
    }

    private JsonNode sub(JsonNode argument) {
        boolean withMap = argument.isArray();
        if (withMap ? argument.size() != 2 || !argument.get(0).isTextual() : !argument.isTextual()) {
            throw error("One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as "
                    + "first argument, and an optional second argument to specify a mapping of values to replace in "
                    + "the string");
        }
        JsonNode own = withMap ? evaluate(argument.get(1)) : NODES.objectNode();
        Matcher variables = References.VARIABLE.matcher((withMap ? argument.get(0) : argument).asText());
        StringBuilder result = new StringBuilder();
        while (variables.find()) {
            String name = variables.group(1).strip();
            JsonNode value = own.has(name) ? own.get(name) : variable(name);
            variables.appendReplacement(result, Matcher.quoteReplacement(text("Fn::Sub", value)));
        }
        variables.appendTail(result);
        return TextNode.valueOf(result.toString().replace("${!", "${"));
    }

    private JsonNode variable(String name) {
        String[] parts = name.split("\\.", 2);
        return parts.length == 2 ? attribute(parts[0], parts[1]) : reference(name);
    }

    private JsonNode join(JsonNode argument) {
        JsonNode list = argument.size() == 2 ? evaluate(argument.get(1)) : MissingNode.getInstance();
        if (!list.isArray() || !argument.get(0).isTextual()) {
            throw error("every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of "
                    + "strings to be joined or a function that returns a list of strings");
        }
        List<String> parts = new ArrayList<>();
        list.forEach(part -> parts.add(text("Fn::Join", part)));
        return TextNode.valueOf(String.join(argument.get(0).asText(), parts));
    }

    private JsonNode select(JsonNode argument) {
        JsonNode index = evaluate(argument.path(0));
        JsonNode list = evaluate(argument.path(1));
        if (argument.size() != 2 || !list.isArray()) {
            throw error("every Fn::Select object requires two non-null parameters, the first is an integer index and "
                    + "the second a list");
        }
        JsonNode selected = list.path(index.asInt(-1));
        if (selected.isMissingNode() && list.toString().contains(Scope.KNOWN_AFTER_APPLY.asText())) {
            return Scope.KNOWN_AFTER_APPLY;
        }
        if (selected.isMissingNode()) {
            throw error("Fn::Select cannot select nonexistent value at index " + index.asText());
        }
        return selected;
    }

    private JsonNode split(JsonNode argument) {
        if (argument.size() != 2 || argument.path(0).asText().isEmpty()) {
            throw error("every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be "
                    + "split or a function that returns a string to be split.");
        }
        ArrayNode parts = NODES.arrayNode();
        String source = text("Fn::Split", evaluate(argument.get(1)));
        for (String part : source.split(Pattern.quote(argument.get(0).asText()), -1)) {
            parts.add(part);
        }
        return parts;
    }

    private JsonNode findInMap(JsonNode argument) {
        if (argument.size() != 3) {
            throw error("every Fn::FindInMap object requires three parameters, the map name, map key and the attribute "
                    + "for return value");
        }
        String map = evaluate(argument.get(0)).asText();
        String key = evaluate(argument.get(1)).asText();
        String attribute = evaluate(argument.get(2)).asText();
        JsonNode found = template.section("Mappings").path(map).path(key).path(attribute);
        if (found.isMissingNode()) {
            throw error("Unable to get mapping for " + map + "::" + key + "::" + attribute);
        }
        return found;
    }

    private JsonNode importValue(String name) {
        return scope.export(name)
                .<JsonNode>map(TextNode::valueOf)
                .orElseThrow(() -> new TemplateException("No export named " + name + " found."));
    }

    private JsonNode branch(JsonNode argument) {
        if (!argument.isArray() || argument.size() != 3) {
            throw error("Fn::If requires a list argument with three elements");
        }
        return evaluate(argument.get(condition(argument.get(0).asText()) ? 1 : 2));
    }

    private boolean truth(JsonNode expression) {
        if (expression.size() != 1) {
            throw error("every Conditions member must contain one condition function");
        }
        Map.Entry<String, JsonNode> only = expression.properties().iterator().next();
        JsonNode argument = only.getValue();
        return switch (only.getKey()) {
            case "Condition" -> condition(argument.asText());
            case "Fn::Equals" -> {
                if (argument.size() != 2) {
                    throw error("every Fn::Equals object requires a list of 2 string parameters.");
                }
                yield same(evaluate(argument.get(0)), evaluate(argument.get(1)));
            }
            case "Fn::Not" -> !truth(argument.path(0));
            case "Fn::And" -> all(argument, true);
            case "Fn::Or" -> !all(argument, false);
            default -> throw error("unsupported function " + only.getKey() + " in the Conditions block");
        };
    }

    private boolean all(JsonNode expressions, boolean wanted) {
        for (JsonNode expression : expressions) {
            if (truth(expression) != wanted) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return (one.isValueNode() && other.isValueNode()) ? one.asText().equals(other.asText()) : one.equals(other);
    }

    private static void keep(JsonNode value, ArrayNode result) {
        if (!value.isMissingNode()) {
            result.add(value);
        }
    }

    private static String text(String function, JsonNode value) {
        if (!value.isValueNode()) {
            throw error(function + " needs a text, not " + value);
        }
        return value.asText();
    }

    private static TemplateException error(String problem) {
        return new TemplateException("Template error: " + problem);
    }
}
