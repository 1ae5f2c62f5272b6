package io.marketpipeline.local.monitoring;

import io.marketpipeline.local.gateway.AwsError;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One expression of CloudWatch's metric math: numbers, ids, {@code + - * /}, comparisons, {@code AND}, {@code OR}, {@code IF},
 * {@code FILL} with a number, and the functions of time; the rest is refused by name. It is evaluated for each period by
 * itself. Immutable.
 *
 * <p>Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
final class MetricMath {
    /** The value of a period in which there is none. */
    static final double MISSING = Double.NaN;

    private static final Pattern TOKEN =
            Pattern.compile("\\s*([0-9]+(?:\\.[0-9]*)?|[A-Za-z][A-Za-z0-9_]*|<=|>=|==|!=|&&|\\|\\||[-+*/<>(),])\\s*");
    private static final List<Map<String, DoubleBinaryOperator>> BY_PRECEDENCE = List.of(
            Map.of("OR", (a, b) -> truth(a != 0 || b != 0), "||", (a, b) -> truth(a != 0 || b != 0)),
            Map.of("AND", (a, b) -> truth(a != 0 && b != 0), "&&", (a, b) -> truth(a != 0 && b != 0)),
            Map.of(
                    "<", (a, b) -> truth(a < b),
                    "<=", (a, b) -> truth(a <= b),
                    ">", (a, b) -> truth(a > b),
                    ">=", (a, b) -> truth(a >= b),
                    "==", (a, b) -> truth(a == b),
                    "!=", (a, b) -> truth(a != b)),
            Map.of("+", (a, b) -> a + b, "-", (a, b) -> a - b),
            Map.of("*", (a, b) -> a * b, "/", (a, b) -> b == 0 ? MISSING : a / b));

    /** Of the period's start in UTC. They need no data points: the user guide calls their results non-sparse. */
    private static final Map<String, ToIntFunction<OffsetDateTime>> TIMES = Map.of(
            "MINUTE", OffsetDateTime::getMinute,
            "HOUR", OffsetDateTime::getHour,
            "DAY", time -> time.getDayOfWeek().getValue(),
            "DATE", OffsetDateTime::getDayOfMonth,
            "MONTH", OffsetDateTime::getMonthValue,
            "YEAR", OffsetDateTime::getYear);

    /** A period. */
    interface Period {
        long start();

        /** The value of a metric or another expression, or {@link #MISSING}. */
        double value(String id);
    }

    private interface Node {
        double at(Period period);
    }

    private final Set<String> ids;
    private final Node root;

    private MetricMath(Set<String> ids, Node root) {
        this.ids = ids;
        this.root = root;
    }

    /**
     * Reads an expression.
     *
     * @throws AwsError naming the part that is wrong or not supported
     */
    static MetricMath of(String expression) {
        Parser parser = new Parser(expression);
        Node root = parser.binary(0);
        parser.end();
        return new MetricMath(Set.copyOf(parser.ids), root);
    }

    /** The metrics and expressions that this one reads. */
    Set<String> ids() {
        return ids;
    }

    /** The value of a period, or {@link #MISSING}. */
    double at(Period period) {
        return root.at(period);
    }

    private static double truth(boolean value) {
        return value ? 1 : 0;
    }

    /** Reads one expression from left to right. Not thread-safe. */
    private static final class Parser {
        private final String expression;
        private final List<String> tokens = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private int next;

        Parser(String expression) {
            this.expression = expression;
            Matcher matcher = TOKEN.matcher(expression);
            int end = 0;
            while (end < expression.length() && matcher.find(end) && matcher.start() == end) {
                tokens.add(matcher.group(1));
                end = matcher.end();
            }
            if (end < expression.length() || tokens.isEmpty()) {
                throw wrong("near '" + expression.substring(end) + "'");
            }
        }

        Node binary(int precedence) {
            if (precedence == BY_PRECEDENCE.size()) {
                return operand();
            }
            Node left = binary(precedence + 1);
            Map<String, DoubleBinaryOperator> operators = BY_PRECEDENCE.get(precedence);
            DoubleBinaryOperator operator = operators.get(peek());
            while (operator != null) {
                take();
                left = combined(operator, left, binary(precedence + 1));
                operator = operators.get(peek());
            }
            return left;
        }

        void end() {
            if (next < tokens.size()) {
                throw wrong("at '" + peek() + "'");
            }
        }

        /** A period without one of the values has no result. */
        private static Node combined(DoubleBinaryOperator operator, Node left, Node right) {
            return period -> {
                double first = left.at(period);
                double second = right.at(period);
                return Double.isNaN(first) || Double.isNaN(second) ? MISSING : operator.applyAsDouble(first, second);
            };
        }

        private Node operand() {
            String token = take();
            if (token.equals("-")) {
                Node operand = operand();
                return period -> -operand.at(period);
            }
            if (token.equals("(")) {
                Node inner = binary(0);
                expect(")");
                return inner;
            }
            if (Character.isDigit(token.charAt(0))) {
                double number = Double.parseDouble(token);
                return period -> number;
            }
            if (peek().equals("(")) {
                return function(token);
            }
            if (!Character.isLowerCase(token.charAt(0))) {
                throw wrong("at '" + token + "'");
            }
            ids.add(token);
            return period -> period.value(token);
        }

        private Node function(String name) {
            List<Node> arguments = new ArrayList<>();
            do {
                take();
                arguments.add(binary(0));
            } while (peek().equals(","));
            expect(")");
            ToIntFunction<OffsetDateTime> time = TIMES.get(name);
            if (time != null && arguments.size() == 1) {
                return period ->
                        time.applyAsInt(Instant.ofEpochSecond(period.start()).atOffset(ZoneOffset.UTC));
            }
            if (name.equals("FILL") && arguments.size() == 2) {
                return period -> {
                    double value = arguments.get(0).at(period);
                    return Double.isNaN(value) ? arguments.get(1).at(period) : value;
                };
            }
            if (name.equals("IF") && (arguments.size() == 2 || arguments.size() == 3)) {
                return condition(arguments);
            }
            throw AwsError.notSupported("Function " + name + " with " + arguments.size()
                    + " arguments in metric expression '" + expression + "'");
        }

        private static Node condition(List<Node> arguments) {
            Node otherwise = arguments.size() == 3 ? arguments.get(2) : period -> MISSING;
            return period -> {
                double condition = arguments.get(0).at(period);
                if (Double.isNaN(condition)) {
                    return MISSING;
                }
                return condition == 0 ? otherwise.at(period) : arguments.get(1).at(period);
            };
        }

        private String peek() {
            return next < tokens.size() ? tokens.get(next) : "";
        }

        private String take() {
            if (next == tokens.size()) {
                throw wrong("at its end");
            }
            return tokens.get(next++);
        }

        private void expect(String token) {
            if (!peek().equals(token)) {
                throw wrong("at '" + peek() + "', where '" + token + "' is missing");
            }
            next++;
        }

        private AwsError wrong(String where) {
            return AwsError.of("ValidationError", "Error in metric expression '" + expression + "' " + where);
        }
    }
}
