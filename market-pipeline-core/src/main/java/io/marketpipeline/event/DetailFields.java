package io.marketpipeline.event;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was read of one {@code detail}, and what is wrong with it. Not thread-safe. */
final class DetailFields {
    /** In UTF-8 at most 1,536 bytes: a key takes 2,048, and an audit record adds its status to the id. */
    static final int MAX_ID = 512;

    static final int MAX_NAME = 128;
    static final int MAX_CONDITIONS = 1024;

    final @Nullable String[] identity;
    final MarketEvent.Builder event = MarketEvent.ofWholeTexts();

    @Nullable
    String exchange;

    @Nullable
    String symbol;

    @Nullable
    String refEventId;

    @Nullable
    BigDecimal price;

    @Nullable
    BigDecimal volume;

    @Nullable
    BigDecimal bidPrice;

    @Nullable
    BigDecimal bidSize;

    @Nullable
    BigDecimal askPrice;

    @Nullable
    BigDecimal askSize;

    long eventNanos = EventTimes.NONE;
    boolean eventTimeGiven;
    private @Nullable List<Rejection> rejections;

    /**
     * Nothing read.
     *
     * @param identityFields how many fields the identity has
     */
    DetailFields(int identityFields) {
        identity = new String[identityFields];
    }

    /** Null where nothing is wrong. */
    @Nullable
    List<Rejection> rejections() {
        return rejections;
    }

    boolean isRefused(String field) {
        if (rejections != null) {
            for (Rejection rejection : rejections) {
                if (field.equals(rejection.field()) || RejectionReasons.MALFORMED.equals(rejection.reason())) {
                    return true;
                }
            }
        }
        return false;
    }

    void refuse(String reason, String field, String problem) {
        refuse(Rejection.ofField(reason, field, problem));
    }

    void refuse(Rejection rejection) {
        if (rejections == null) {
            rejections = new ArrayList<>(4);
        }
        // A field may be read twice, as part of the identity and for itself.
        if (!rejections.contains(rejection)) {
            rejections.add(rejection);
        }
    }
}
