package io.marketpipeline.local.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a target gets of an event: all of it, a constant, a part, or a text made from parts. */
final class TargetInput {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Za-z0-9_.-]+)>");
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\[(\\d+)]|\\['([^']+)']");

    private TargetInput() {}

    static String of(Target target, Rule rule, BusEvent event) {
        JsonNode json = target.json();
        if (json.hasNonNull("Input")) {
            return json.get("Input").asText();
        }
        if (json.hasNonNull("InputPath")) {
            JsonNode part = part(tree(event.envelope()), json.get("InputPath").asText());
            return part == null ? "null" : part.toString();
        }
        return json.hasNonNull("InputTransformer")
                ? transformed(json.get("InputTransformer"), rule, event)
                : event.envelope();
    }

    private static String transformed(JsonNode transformer, Rule rule, BusEvent event) {
        JsonNode envelope = tree(event.envelope());
        Map<String, @Nullable JsonNode> values = new TreeMap<>();
        transformer
                .path("InputPathsMap")
                .properties()
                .forEach(path ->
                        values.put(path.getKey(), part(envelope, path.getValue().asText())));
        values.put("aws.events.rule-arn", MAPPER.getNodeFactory().textNode(rule.arn()));
        values.put("aws.events.rule-name", MAPPER.getNodeFactory().textNode(rule.name()));
        values.put(
                "aws.events.event.ingestion-time",
                MAPPER.getNodeFactory()
                        .textNode(event.acceptedAt()
                                .truncatedTo(ChronoUnit.MILLIS)
                                .toString()));
        values.put("aws.events.event", withoutDetail(envelope));
        values.put("aws.events.event.json", envelope);
        String template = transformer.path("InputTemplate").asText();
        Matcher matcher = PLACEHOLDER.matcher(template);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            boolean inText = insideQuotes(template, matcher.start());
            matcher.appendReplacement(result, Matcher.quoteReplacement(text(values.get(matcher.group(1)), inText)));
        }
        return matcher.appendTail(result).toString();
    }

    private static JsonNode withoutDetail(JsonNode envelope) {
        return ((ObjectNode) envelope.deepCopy()).without("detail");
    }

    private static String text(@Nullable JsonNode value, boolean inText) {
        if (value == null) {
            return inText ? "" : "null";
        }
        if (!inText) {
            return value.toString();
        }
        String quoted = MAPPER.getNodeFactory()
                .textNode(value.isTextual() ? value.textValue() : value.toString())
                .toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    private static boolean insideQuotes(String template, int position) {
        boolean inside = false;
        for (int i = 0; i < position; i++) {
            if (template.charAt(i) == '"' && (i == 0 || template.charAt(i - 1) != '\\')) {
                inside = !inside;
            }
        }
        return inside;
    }

    /** The part of an event at a JSON path of names and positions; null if there is none. */
    private static @Nullable JsonNode part(JsonNode event, String path) {
        JsonNode part = event;
        Matcher steps = STEP.matcher(path);
        while (steps.find()) {
            String position = steps.group(2);
            String name = steps.group(1) == null ? steps.group(3) : steps.group(1);
            part = position == null ? part.path(name) : part.path(Integer.parseInt(position));
        }
        return part.isMissingNode() ? null : part;
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An accepted event isn't JSON", e);
        }
    }
}
