package io.marketpipeline.schema;

/** Names of the function's environment variables. The template sets them, the handler reads them. */
public final class FunctionVariables {
    public static final String MARKET_DATA_TABLE = "MARKET_DATA_TABLE";
    public static final String AUDIT_TRAIL_TABLE = "AUDIT_TRAIL_TABLE";
    public static final String ENVIRONMENT = "ENVIRONMENT";

    /** URL of the queue that permanently failed events go to. */
    public static final String DEAD_LETTER_QUEUE_URL = "MARKET_PIPELINE_DEAD_LETTER_QUEUE_URL";

    /** Identity fields of {@code detail}, joined by commas; {@code event_id} where unset. */
    public static final String IDENTITY = "MARKET_PIPELINE_IDENTITY";

    /**
     * Detail types with the kind of event each carries, {@code Trade Execution=trade;Market Quote=quote}; kinds are
     * {@code trade}, {@code quote} and {@code price}. The four known detail types where unset.
     */
    public static final String DETAIL_TYPES = "MARKET_PIPELINE_DETAIL_TYPES";

    /**
     * Time to live of rows, a JSON object: {@code {"days":30,"rules":[{"detailType":"Market Quote","days":7}]}}. A rule
     * names {@code detailType}, {@code exchange} or both; the first that matches wins; {@code "never"} in place of a
     * number keeps rows for good. 30 days where unset.
     */
    public static final String TTL = "MARKET_PIPELINE_TTL";

    /** {@code fail} (default) or {@code continue}: what happens to an event whose audit record can't be written. */
    public static final String AUDIT_ON_FAILURE = "MARKET_PIPELINE_AUDIT_ON_FAILURE";

    /** Days after which audit records expire; kept for good where unset. */
    public static final String AUDIT_RETENTION_DAYS = "MARKET_PIPELINE_AUDIT_RETENTION_DAYS";

    /** Symbols whose prices may be negative, joined by commas; {@code *} (default) for all, {@code none} for none. */
    public static final String NEGATIVE_PRICES = "MARKET_PIPELINE_NEGATIVE_PRICES";

    /** Over how many keys a venue, a symbol and a detail type are spread in the indexes; 1 where unset. */
    public static final String INDEX_SHARDS = "MARKET_PIPELINE_INDEX_SHARDS";

    /** {@code ERROR}, {@code WARN}, {@code INFO} (default) or {@code DEBUG}. */
    public static final String LOG_LEVEL = "MARKET_PIPELINE_LOG_LEVEL";

    /** {@code lean} (default), the library's own way to write, or {@code sdk}, the AWS SDK, which the zip must have then. */
    public static final String CLIENT = "MARKET_PIPELINE_CLIENT";

    private FunctionVariables() {}
}
