package io.marketpipeline.schema;

/** Names of the metrics that the function emits in CloudWatch's embedded metric format. */
public final class Metrics {
    public static final String NAMESPACE = "MarketPipeline";

    /** Dimension: name of the function. */
    public static final String FUNCTION_NAME = "FunctionName";

    /** Dimension: detail type of the event; {@code unknown} where it could not be read. */
    public static final String DETAIL_TYPE = "DetailType";

    /** Count: events stored by this invocation. */
    public static final String PROCESSED = "Processed";

    /** Count: events that another invocation had stored before. */
    public static final String DUPLICATE = "Duplicate";

    /** Count: events refused for good and dead-lettered. */
    public static final String REJECTED = "Rejected";

    /** Count: events that failed and will be tried again. */
    public static final String FAILED = "Failed";

    /** Milliseconds from event time to stored time. */
    public static final String EVENT_TO_STORED = "EventToStored";

    private Metrics() {}
}
