package io.marketpipeline.schema;

/** Keys of the stack's outputs. A rule's ARN is under its name in camel case with {@code RuleArn} behind it. */
public final class StackOutputs {
    public static final String EVENT_BUS_NAME = "EventBusName";
    public static final String EVENT_BUS_ARN = "EventBusArn";
    public static final String FUNCTION_NAME = "FunctionName";
    public static final String FUNCTION_ARN = "FunctionArn";
    public static final String FUNCTION_ALIAS_ARN = "FunctionAliasArn";
    public static final String MARKET_DATA_TABLE_NAME = "MarketDataTableName";
    public static final String MARKET_DATA_TABLE_ARN = "MarketDataTableArn";
    public static final String AUDIT_TRAIL_TABLE_NAME = "AuditTrailTableName";
    public static final String AUDIT_TRAIL_TABLE_ARN = "AuditTrailTableArn";
    public static final String DEAD_LETTER_QUEUE_URL = "DeadLetterQueueUrl";
    public static final String DEAD_LETTER_QUEUE_ARN = "DeadLetterQueueArn";

    /** With buffered delivery only. */
    public static final String EVENT_QUEUE_URL = "EventQueueUrl";

    public static final String EVENT_QUEUE_ARN = "EventQueueArn";
    public static final String LOG_GROUP_NAME = "LogGroupName";
    public static final String TRADE_EVENTS_RULE_ARN = "TradeEventsRuleArn";
    public static final String QUOTE_EVENTS_RULE_ARN = "QuoteEventsRuleArn";
    public static final String ARCHIVE_ARN = "ArchiveArn";
    public static final String READER_POLICY_ARN = "ReaderPolicyArn";

    private StackOutputs() {}
}
