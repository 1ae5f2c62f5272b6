package io.marketpipeline.schema;

/**
 * Message attributes of dead letters, by sender. The function's own name the reason and outcome; EventBridge's and
 * Lambda's are AWS's (EventBridge user guide, "Using dead-letter queues"; Lambda developer guide, "Dead-letter queues").
 */
public final class DeadLetterAttributes {
    /** Function: why the event can never be stored, for example {@code invalid_price}. */
    public static final String REASON = "MARKET_PIPELINE_REASON";

    /** Function: the field at fault; absent where the reason isn't about one field. */
    public static final String FIELD = "MARKET_PIPELINE_FIELD";

    /** Function: the reason in words. */
    public static final String MESSAGE = "MARKET_PIPELINE_MESSAGE";

    /** Function: the event's identity, where it could be read. */
    public static final String EVENT_ID = "MARKET_PIPELINE_EVENT_ID";

    /** Function: the event's detail type, where it could be read. */
    public static final String DETAIL_TYPE = "MARKET_PIPELINE_DETAIL_TYPE";

    /** Function: request id of the invocation that sent the letter. */
    public static final String REQUEST_ID = "MARKET_PIPELINE_REQUEST_ID";

    /** Function: {@link #BASE64} or {@link #GZIP_BASE64} where the body is that; absent where it is the envelope's text. */
    public static final String BODY_ENCODING = "MARKET_PIPELINE_BODY_ENCODING";

    /** Value of {@link #BODY_ENCODING}: what the function got wasn't text that SQS carries. */
    public static final String BASE64 = "base64";

    /** Value of {@link #BODY_ENCODING}: what the function got was too large for a message. */
    public static final String GZIP_BASE64 = "gzip+base64";

    /** EventBridge: ARN of the rule. */
    public static final String RULE_ARN = "RULE_ARN";

    /** EventBridge: ARN of the target. */
    public static final String TARGET_ARN = "TARGET_ARN";

    /** EventBridge: its error code. */
    public static final String ERROR_CODE = "ERROR_CODE";

    /** EventBridge: its error message. */
    public static final String ERROR_MESSAGE = "ERROR_MESSAGE";

    /** EventBridge: the limit that ended the retries; absent where none did. */
    public static final String EXHAUSTED_RETRY_CONDITION = "EXHAUSTED_RETRY_CONDITION";

    /** EventBridge: how often delivery was tried again. */
    public static final String RETRY_ATTEMPTS = "RETRY_ATTEMPTS";

    /** Lambda: request id of the failed invocation. */
    public static final String LAMBDA_REQUEST_ID = "RequestID";

    /** Lambda: HTTP status of the failure. */
    public static final String LAMBDA_ERROR_CODE = "ErrorCode";

    /** Lambda: the first KB of the error message. */
    public static final String LAMBDA_ERROR_MESSAGE = "ErrorMessage";

    private DeadLetterAttributes() {}
}
