package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.RuleConfig;

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

    static String rule(String name) {
        return RuleConfig.camel(name) + "Rule";
    }

    /** The Terraform original's statement id. */
    static String permission(String rule) {
        return "AllowEventBridge" + RuleConfig.camel(RuleConfig.shortName(rule)) + "Invoke";
    }
}
