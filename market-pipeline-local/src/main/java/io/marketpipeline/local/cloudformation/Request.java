package io.marketpipeline.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.stack.OnFailure;
import io.marketpipeline.local.gateway.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the members of a request. */
record Request(ObjectNode input) {
    /** A member that must be there. */
    String required(String member) {
        return optional(member)
                .orElseThrow(() -> AwsError.of(
                        "ValidationError",
                        "1 validation error detected: Value null at '" + Character.toLowerCase(member.charAt(0))
                                + member.substring(1) + "' failed to satisfy constraint: Member must not be null"));
    }

    Optional<String> optional(String member) {
        JsonNode value = input.path(member);
        return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
                ? Optional.of(value.asText())
                : Optional.empty();
    }

    boolean flag(String member) {
        return input.path(member).asBoolean();
    }

    boolean has(String member) {
        return input.hasNonNull(member);
    }

    List<String> texts(String member) {
        List<String> texts = new ArrayList<>();
        if (input.path(member).isArray()) {
            input.path(member).forEach(element -> texts.add(element.asText()));
        }
        return texts;
    }

    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        input.path("Tags")
                .forEach(tag ->
                        tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return tags;
    }

    /** The parameters' values; {@code previous} gives those that keep the value they have. */
    Map<String, String> parameters(Map<String, String> previous) {
        Map<String, String> values = new LinkedHashMap<>();
        for (JsonNode parameter : input.path("Parameters")) {
            String key = parameter.path("ParameterKey").asText();
            if (parameter.path("UsePreviousValue").asBoolean()) {
                String value = previous.get(key);
                if (value == null) {
                    throw AwsError.of(
                            "ValidationError",
                            "Invalid input for parameter key " + key
                                    + ". Cannot specify usePreviousValue as true for a parameter key not in the "
                                    + "previous template");
                }
                values.put(key, value);
            } else {
                values.put(key, parameter.path("ParameterValue").asText());
            }
        }
        return values;
    }

    /** Empty if there is none. */
    String token() {
        String token = optional("ClientRequestToken").orElse("");
        if (!token.isEmpty() && !token.matches("[a-zA-Z0-9][-a-zA-Z0-9]{0,127}")) {
            throw AwsError.of(
                    "ValidationError",
                    "1 validation error detected: Value '" + token
                            + "' at 'clientRequestToken' failed to satisfy constraint: Member must satisfy regular "
                            + "expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*");
        }
        return token;
    }

    OnFailure onFailure(String member) {
        if (flag("DisableRollback")) {
            return OnFailure.DO_NOTHING;
        }
        String text = optional(member).orElse("ROLLBACK");
        try {
            return OnFailure.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw AwsError.of(
                    "ValidationError",
                    "1 validation error detected: Value '" + text + "' at '" + member
                            + "' failed to satisfy constraint: Member must satisfy enum value set: "
                            + "[DELETE, ROLLBACK, DO_NOTHING]");
        }
    }
}
