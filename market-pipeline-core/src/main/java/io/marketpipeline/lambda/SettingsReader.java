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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
                parsed(FunctionVariables.TTL, TtlPolicy.days(TtlPolicy.DEFAULT_DAYS), TtlPolicy::parse),
                parsed(FunctionVariables.AUDIT_ON_FAILURE, AuditFailurePolicy.FAIL, SettingsReader::auditPolicy),
                days(),
                parsed(FunctionVariables.INDEX_SHARDS, IndexShards.one(), SettingsReader::shards),
                parsed(FunctionVariables.LOG_LEVEL, LogLevel.INFO, SettingsReader::logLevel),
                parsed(FunctionVariables.CLIENT, Client.LEAN, SettingsReader::client));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return settings;
    }

    private EventDecoder decoder() {
        return EventDecoder.builder()
                .detailTypes(parsed(
                        FunctionVariables.DETAIL_TYPES, EventKind.knownDetailTypes(), SettingsReader::detailTypes))
                .identity(parsed(FunctionVariables.IDENTITY, List.of("event_id"), SettingsReader::names))
                .negativePrices(parsed(FunctionVariables.NEGATIVE_PRICES, s -> true, SettingsReader::symbols))
                .build();
    }

    private @Nullable Duration days() {
        Duration none = Duration.ZERO;
        Duration days = parsed(FunctionVariables.AUDIT_RETENTION_DAYS, none, SettingsReader::positiveDays);
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

    private <T> T parsed(String name, T otherwise, Function<String, T> parser) {
        String value = value(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return parser.apply(value.strip());
        } catch (IllegalArgumentException e) {
            problems.add(name + " is '" + value + "', but " + e.getMessage());
            return otherwise;
        }
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
        return Stream.of(LogLevel.values())
                .filter(level -> level.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be ERROR, WARN, INFO or DEBUG"));
    }

    private static Duration positiveDays(String value) {
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("must be a whole number of days from 1 to 999999");
        }
        return Duration.ofDays(Long.parseLong(value));
    }

    private static IndexShards shards(String value) {
        if (!value.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException("must be a whole number from 1 to " + IndexShards.MAX);
        }
        return new IndexShards(Integer.parseInt(value));
    }

    private static List<String> names(String value) {
        List<String> names = Stream.of(value.split(",", -1)).map(String::strip).toList();
        if (names.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("must be names joined by commas, like exchange,symbol,trade_id");
        }
        return names;
    }

    private static Predicate<String> symbols(String value) {
        if (value.equals("*")) {
            return symbol -> true;
        }
        Set<String> symbols = Set.copyOf(names(value));
        return symbols::contains;
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
}
