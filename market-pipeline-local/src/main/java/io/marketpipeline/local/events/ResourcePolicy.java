package io.marketpipeline.local.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether a resource's policy lets EventBridge do something for a rule: the statements' principal, action and the
 * conditions on {@code aws:SourceArn} and {@code aws:SourceAccount}. A statement with another condition doesn't apply.
 * Immutable.
 */
final class ResourcePolicy {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PRINCIPAL = "events.amazonaws.com";

    private final JsonNode statements;

    private ResourcePolicy(JsonNode statements) {
        this.statements = statements;
    }

    /** Reads a policy document; one that is no JSON allows nothing. */
    static ResourcePolicy of(String document) {
        try {
            JsonNode statement = MAPPER.readTree(document).path("Statement");
            return new ResourcePolicy(
                    statement.isObject() ? MAPPER.createArrayNode().add(statement) : statement);
        } catch (JsonProcessingException e) {
            return new ResourcePolicy(MAPPER.createArrayNode());
        }
    }

    /** Whether a statement allows the action for the rule and none denies it. */
    boolean allows(String action, String ruleArn, String account) {
        boolean allowed = false;
        for (JsonNode statement : statements) {
            if (applies(statement, action, ruleArn, account)) {
                if (statement.path("Effect").asText().equals("Deny")) {
                    return false;
                }
                allowed |= statement.path("Effect").asText().equals("Allow");
            }
        }
        return allowed;
    }

    private static boolean applies(JsonNode statement, String action, String ruleArn, String account) {
        JsonNode principal = statement.path("Principal");
        boolean forUs = principal.asText().equals("*")
                || values(principal.path("Service")).contains(PRINCIPAL)
                || values(principal.path("AWS")).contains("*");
        return forUs
                && values(statement.path("Action")).stream()
                        .anyMatch(pattern -> like(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT)))
                && holds(statement.path("Condition"), ruleArn, account);
    }

    private static boolean holds(JsonNode conditions, String ruleArn, String account) {
        for (Map.Entry<String, JsonNode> operator : conditions.properties()) {
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                if (!holds(operator.getKey(), key.getKey(), values(key.getValue()), ruleArn, account)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean holds(String operator, String key, List<String> expected, String ruleArn, String account) {
        String actual =
                switch (key.toLowerCase(Locale.ROOT)) {
                    case "aws:sourcearn" -> ruleArn;
                    case "aws:sourceaccount" -> account;
                    // EventBridge calls over TLS, here as in AWS.
                    case "aws:securetransport" -> "true";
                    default -> "";
                };
        boolean patterns = operator.startsWith("Arn") || operator.startsWith("StringLike");
        return switch (operator.replace("IfExists", "")) {
            case "ArnLike", "ArnEquals", "StringLike", "StringEquals", "Bool" ->
                !actual.isEmpty()
                        && expected.stream().anyMatch(value -> patterns ? like(value, actual) : value.equals(actual));
            default -> false;
        };
    }

    private static List<String> values(JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(value -> values.add(value.asText()));
        } else if (!node.isMissingNode()) {
            values.add(node.asText());
        }
        return values;
    }

    private static boolean like(String pattern, String value) {
        if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
            return pattern.equals(value);
        }
        String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
        return Pattern.matches(regex, value);
    }
}
