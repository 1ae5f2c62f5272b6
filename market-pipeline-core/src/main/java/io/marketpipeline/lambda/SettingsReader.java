package io.marketpipeline.lambda;

import io.marketpipeline.audit.AuditFailurePolicy;
import io.marketpipeline.event.EventDecoder;
import io.marketpipeline.event.EventKind;
import io.marketpipeline.schema.FunctionVariables;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.ttl.TtlPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one function, gathering all that is wrong with them. Used once. */
final class SettingsReader {
    private final Map<String, String> variables;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, String> variables) {
        this.variables = variables;
    }

    FunctionSettings read() {
        FunctionSettings settings = new FunctionSettings(
                needed(FunctionVariables.MARKET_DATA_TABLE),
                needed(FunctionVariables.AUDIT_TRAIL_TABLE),
                variables.getOrDefault(FunctionVariables.ENVIRONMENT, "unknown"),
                value(FunctionVariables.DEAD_LETTER_QUEUE_URL),
                decoder(),
                parsed(FunctionVariables.TTL, TtlPolicy.days(TtlPolicy.DEFAULT_DAYS)),
                parsed(FunctionVariables.AUDIT_ON_FAILURE, AuditFailurePolicy.FAIL),
                days(),
                parsed(FunctionVariables.INDEX_SHARDS, IndexShards.one()),
                parsed(FunctionVariables.LOG_LEVEL, LogLevel.INFO),
                parsed(FunctionVariables.CLIENT, Client.LEAN));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return settings;
    }

    private EventDecoder decoder() {
        return EventDecoder.builder()
                .detailTypes(parsed(FunctionVariables.DETAIL_TYPES, EventKind.knownDetailTypes()))
                .identity(parsed(FunctionVariables.IDENTITY, List.of("event_id")))
                .negativePrices(this.<Predicate<String>>parsed(FunctionVariables.NEGATIVE_PRICES, Symbols.ALL))
                .build();
    }

    private @Nullable Duration days() {
        Duration none = Duration.ZERO;
        Duration days = parsed(FunctionVariables.AUDIT_RETENTION_DAYS, none);
        return days.equals(none) ? null : days;
    }

    private @Nullable String value(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    private String needed(String name) {
        String value = value(name);
        if (value == null) {
            problems.add(name + " isn't set; the stack's template sets it");
            return "";
        }
        return value;
    }

    @SuppressWarnings("unchecked") // each name's values have one type
    private <T> T parsed(String name, T otherwise) {
        String value = value(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return (T) parse(name, value.strip());
        } catch (IllegalArgumentException e) {
            problems.add(name + " is '" + value + "', but " + e.getMessage());
            return otherwise;
        }
    }

    /** A switch, and no method references: each of those takes its time at a cold start. */
    private static Object parse(String name, String value) {
        return switch (name) {
            case FunctionVariables.DETAIL_TYPES -> detailTypes(value);
            case FunctionVariables.IDENTITY -> names(value);
            case FunctionVariables.NEGATIVE_PRICES -> symbols(value);
            case FunctionVariables.TTL -> TtlPolicy.parse(value);
            case FunctionVariables.AUDIT_ON_FAILURE -> auditPolicy(value);
            case FunctionVariables.AUDIT_RETENTION_DAYS -> positiveDays(value);
            case FunctionVariables.INDEX_SHARDS -> shards(value);
            case FunctionVariables.LOG_LEVEL -> logLevel(value);
            case FunctionVariables.CLIENT -> client(value);
            default -> throw new IllegalStateException("nothing parses " + name);
        };
    }

    private static AuditFailurePolicy auditPolicy(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "fail" -> AuditFailurePolicy.FAIL;
            case "continue" -> AuditFailurePolicy.CONTINUE;
            default -> throw new IllegalArgumentException("must be fail or continue");
        };
    }

    private static Client client(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "lean" -> Client.LEAN;
            case "sdk" -> Client.SDK;
            default -> throw new IllegalArgumentException("must be lean or sdk");
        };
    }

    private static LogLevel logLevel(String value) {
        for (LogLevel level : LogLevel.values()) {
            if (level.name().equalsIgnoreCase(value)) {
                return level;
            }
        }
        throw new IllegalArgumentException("must be ERROR, WARN, INFO or DEBUG");
    }

    private static Duration positiveDays(String value) {
        if (!isWhole(value, 6)) {
            throw new IllegalArgumentException("must be a whole number of days from 1 to 999999");
        }
        return Duration.ofDays(Long.parseLong(value));
    }

    private static IndexShards shards(String value) {
        if (!isWhole(value, 4)) {
            throw new IllegalArgumentException("must be a whole number from 1 to " + IndexShards.MAX);
        }
        return new IndexShards(Integer.parseInt(value));
    }

    private static List<String> names(String value) {
        List<String> names = new ArrayList<>();
        for (String name : value.split(",", -1)) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("must be names joined by commas, like exchange,symbol,trade_id");
            }
            names.add(name.strip());
        }
        return names;
    }

    /** A whole number above zero without leading zeros. */
    private static boolean isWhole(String value, int maxDigits) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= maxDigits && value.charAt(0) != '0';
    }

    private static Predicate<String> symbols(String value) {
        return value.equals("*") ? Symbols.ALL : new Symbols(Set.copyOf(names(value)));
    }

    private static Map<String, EventKind> detailTypes(String value) {
        Map<String, EventKind> types = new LinkedHashMap<>();
        for (String pair : value.split(";", -1)) {
            int equals = pair.lastIndexOf('=');
            String type = pair.substring(0, Math.max(equals, 0)).strip();
            EventKind kind =
                    EventKind.ofSettingName(pair.substring(equals + 1).strip()).orElse(null);
            if (type.isEmpty() || kind == null) {
                throw new IllegalArgumentException(
                        "must be detail types with trade, quote or price, like Trade Execution=trade;Market Quote=quote");
            }
            types.put(type, kind);
        }
        return types;
    }

    /** Certain symbols; null for all. */
    private record Symbols(@Nullable Set<String> only) implements Predicate<String> {
        private static final Symbols ALL = new Symbols(null);

        @Override
        public boolean test(String symbol) {
            return only == null || only.contains(symbol);
        }
    }
}
