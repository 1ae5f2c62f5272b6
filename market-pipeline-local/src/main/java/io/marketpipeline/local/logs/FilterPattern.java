package io.marketpipeline.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.marketpipeline.local.gateway.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Filter patterns ("Filter pattern syntax" in the CloudWatch Logs user guide): terms that must all be there, {@code
 * "quoted phrases"}, {@code ?terms} of which one must be there, {@code -terms} that must not, {@code %regular
 * expressions%}; or JSON conditions such as {@code { $.level = "ERROR" && $.price > 10 }} with {@code = != < <= > >=},
 * {@code *} in texts, {@code IS TRUE|FALSE|NULL}, {@code NOT EXISTS}, {@code &&}, {@code ||} and parentheses.
 */
final class FilterPattern {
    private static final Pattern TERM = Pattern.compile("([?-]?)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|%([^%]+)%|(\\S+))");

    private FilterPattern() {}

    /** The test for a pattern; an empty one matches everything. */
    static Predicate<String> of(String pattern) {
        String stripped = pattern.strip();
        if (stripped.isEmpty()) {
            return message -> true;
        }
        return stripped.startsWith("{") ? JsonCondition.of(stripped) : terms(stripped);
    }

    private static Predicate<String> terms(String pattern) {
        List<Predicate<String>> all = new ArrayList<>();
        List<Predicate<String>> any = new ArrayList<>();
        Matcher matcher = TERM.matcher(pattern);
        while (matcher.find()) {
            Predicate<String> term = term(matcher);
            switch (matcher.group(1)) {
                case "?" -> any.add(term);
                case "-" -> all.add(term.negate());
                default -> all.add(term);
            }
        }
        if (!any.isEmpty() && all.isEmpty()) {
            return message -> any.stream().anyMatch(term -> term.test(message));
        }
        // Next to other terms, CloudWatch Logs leaves the optional ones out of account.
        return message -> all.stream().allMatch(term -> term.test(message));
    }

    private static Predicate<String> term(Matcher matcher) {
        String regex = matcher.group(3);
        if (regex != null) {
            return Pattern.compile(regex).asPredicate();
        }
        String quoted = matcher.group(2);
        String text = quoted == null ? matcher.group(4) : quoted.replaceAll("\\\\(.)", "$1");
        return message -> message.contains(text);
    }

    /** A condition on JSON messages, parsed by recursive descent. */
    private static final class JsonCondition {
        private static final ObjectMapper MAPPER = new ObjectMapper();
        private static final Pattern TOKEN = Pattern.compile(
                "\\s*(\\|\\||&&|!=|<=|>=|[=<>(){}]|\"(?:[^\"\\\\]|\\\\.)*\"|%[^%]+%|[^\\s=<>!(){}&|]+)");
        private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[(\\d+)]|\\[['\"]([^'\"]+)['\"]]");

        private final List<String> tokens;
        private int at;

        private JsonCondition(List<String> tokens) {
            this.tokens = tokens;
        }

        static Predicate<String> of(String pattern) {
            List<String> tokens = new ArrayList<>();
            Matcher matcher = TOKEN.matcher(pattern);
            while (matcher.find()) {
                tokens.add(matcher.group(1));
            }
            JsonCondition condition = new JsonCondition(tokens);
            condition.expect("{");
            Predicate<JsonNode> test = condition.or();
            condition.expect("}");
            return message -> {
                JsonNode node = tree(message);
                return node != null && test.test(node);
            };
        }

        private static @Nullable JsonNode tree(String message) {
            if (!message.startsWith("{")) {
                return null;
            }
            try {
                return MAPPER.readTree(message);
            } catch (JsonProcessingException e) {
                return null;
            }
        }

        private Predicate<JsonNode> or() {
            Predicate<JsonNode> test = and();
            while (take("||")) {
                test = test.or(and());
            }
            return test;
        }

        private Predicate<JsonNode> and() {
            Predicate<JsonNode> test = one();
            while (take("&&")) {
                test = test.and(one());
            }
            return test;
        }

        private Predicate<JsonNode> one() {
            if (take("(")) {
                Predicate<JsonNode> test = or();
                expect(")");
                return test;
            }
            String path = next();
            if (!path.startsWith("$")) {
                throw invalid();
            }
            String operator = next();
            String operand = next();
            if (operator.equals("IS")) {
                return node -> value(node, path).toString().equalsIgnoreCase(operand);
            }
            if (operator.equals("NOT") && operand.equals("EXISTS")) {
                return node -> value(node, path).isMissingNode();
            }
            Predicate<JsonNode> comparison = comparison(operator, operand);
            return node -> {
                JsonNode value = value(node, path);
                return !value.isMissingNode() && comparison.test(value);
            };
        }

        private Predicate<JsonNode> comparison(String operator, String operand) {
            if (operator.equals("=") || operator.equals("!=")) {
                Predicate<JsonNode> equal = equal(operand);
                return operator.equals("=") ? equal : equal.negate();
            }
            double number = number(operand);
            return switch (operator) {
                case "<" -> value -> value.isNumber() && value.asDouble() < number;
                case "<=" -> value -> value.isNumber() && value.asDouble() <= number;
                case ">" -> value -> value.isNumber() && value.asDouble() > number;
                case ">=" -> value -> value.isNumber() && value.asDouble() >= number;
                default -> throw invalid();
            };
        }

        private static Predicate<JsonNode> equal(String operand) {
            boolean quoted = operand.startsWith("\"");
            if (operand.startsWith("%")) {
                Predicate<String> regex = Pattern.compile(operand.substring(1, operand.length() - 1))
                        .asPredicate();
                return value -> regex.test(value.asText());
            }
            if (!quoted && operand.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
                double number = Double.parseDouble(operand);
                return value -> value.isNumber() && value.asDouble() == number;
            }
            String text = quoted ? operand.substring(1, operand.length() - 1).replaceAll("\\\\(.)", "$1") : operand;
            Pattern wildcard = Pattern.compile("\\Q" + text.replace("*", "\\E.*\\Q") + "\\E", Pattern.DOTALL);
            return value ->
                    value.isValueNode() && wildcard.matcher(value.asText()).matches();
        }

        private static JsonNode value(JsonNode node, String path) {
            JsonNode value = node;
            Matcher steps = STEP.matcher(path);
            while (steps.find()) {
                String position = steps.group(2);
                String name = steps.group(1) == null ? steps.group(3) : steps.group(1);
                value = position == null ? value.path(name) : value.path(Integer.parseInt(position));
            }
            return value;
        }

        private double number(String operand) {
            try {
                return Double.parseDouble(operand);
            } catch (NumberFormatException e) {
                throw invalid();
            }
        }

        private boolean take(String token) {
            boolean there = at < tokens.size() && tokens.get(at).equals(token);
            at += there ? 1 : 0;
            return there;
        }

        private void expect(String token) {
            if (!take(token)) {
                throw invalid();
            }
        }

        private String next() {
            if (at >= tokens.size()) {
                throw invalid();
            }
            return tokens.get(at++);
        }

        private static AwsError invalid() {
            return AwsError.of("InvalidParameterException", "Invalid filter pattern");
        }
    }
}
