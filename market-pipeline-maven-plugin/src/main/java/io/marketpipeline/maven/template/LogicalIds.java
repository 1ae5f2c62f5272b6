package io.marketpipeline.maven.template;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Logical ids that more than one group of resources uses. */
final class LogicalIds {
    static final String KEY = "DataKey";
    static final String MARKET_DATA_TABLE = "MarketDataTable";
    static final String AUDIT_TRAIL_TABLE = "AuditTrailTable";
    static final String EVENT_BUS = "EventBus";
    static final String ARCHIVE = "EventArchive";
    static final String QUEUE = "DeadLetterQueue";
    static final String QUEUE_POLICY = "DeadLetterQueuePolicy";
    static final String BUFFER = "EventQueue";
    static final String BUFFER_POLICY = "EventQueuePolicy";
    static final String MAPPING = "EventQueueMapping";
    static final String LOG_GROUP = "FunctionLogGroup";
    static final String ROLE = "FunctionRole";
    static final String FUNCTION = "Function";
    static final String ALIAS = "FunctionAlias";
    static final String TOPIC = "AlarmTopic";
    static final String READER_POLICY = "ReaderPolicy";

    private LogicalIds() {}

    /** {@code trade-events} becomes {@code TradeEvents}. */
    static String camel(String hyphenated) {
        return Arrays.stream(hyphenated.split("-", -1))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    static String rule(String name) {
        return camel(name) + "Rule";
    }

    /** {@code trade-events} becomes {@code trade}, as the Terraform original abbreviates it. */
    static String shortRule(String name) {
        return name.endsWith("-events") ? name.substring(0, name.length() - "-events".length()) : name;
    }

    /** The Terraform original's statement id. */
    static String permission(String rule) {
        return "AllowEventBridge" + camel(shortRule(rule)) + "Invoke";
    }
}
