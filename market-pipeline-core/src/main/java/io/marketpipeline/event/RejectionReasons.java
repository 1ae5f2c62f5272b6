package io.marketpipeline.event;

/**
 * Reason codes of rejections. Two families are formed from the field's name: {@code missing_<field>} (absent, null or
 * empty) and {@code invalid_<field>} (wrong type, not a number, out of range). Users' hooks may add codes of their own.
 */
public final class RejectionReasons {
    public static final String MISSING = "missing_";
    public static final String INVALID = "invalid_";

    /** A quote without bid and without ask. */
    public static final String MISSING_QUOTE_SIDE = "missing_quote_side";

    /** A price below zero where the settings don't allow it. */
    public static final String NEGATIVE_PRICE = "negative_price";

    /** The same name twice in the envelope, or in {@code detail}. */
    public static final String DUPLICATE_FIELD = "duplicate_field";

    /** A detail type that the settings don't name. */
    public static final String UNKNOWN_DETAIL_TYPE = "unknown_detail_type";

    /** Not JSON, nested too deep, not UTF-8, or not an envelope at all. */
    public static final String MALFORMED = "malformed";

    /** A pack of more events than {@link EnvelopeDecoder#MAX_PACK}, refused as a whole. */
    public static final String TOO_MANY_EVENTS = "too_many_events";

    /** The row would exceed the 400 KB that DynamoDB allows. */
    public static final String ITEM_TOO_LARGE = "item_too_large";

    /** Another event with the same identity and event time, but with other content, is stored already. */
    public static final String IDENTITY_CONFLICT = "identity_conflict";

    private RejectionReasons() {}
}
