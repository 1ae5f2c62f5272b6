package io.marketpipeline.event;

import static io.marketpipeline.event.DetailFields.MAX_CONDITIONS;
import static io.marketpipeline.event.DetailFields.MAX_ID;
import static io.marketpipeline.event.DetailFields.MAX_NAME;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plain {@code detail} whose fields are all in order, as {@link ParsedDetail} would. Whatever is strange is left to
 * that one, which says what is wrong with it.
 */
final class PlainDetail {
    private final PlainObject detail;
    private boolean strange;

    private PlainDetail(PlainObject detail) {
        this.detail = detail;
    }

    /** The fields; null where one of them isn't in order. */
    static @Nullable DetailFields read(PlainObject detail, String[] identityFields) {
        DetailFields fields = new DetailFields(identityFields.length);
        PlainDetail reader = new PlainDetail(detail);
        reader.fill(fields, identityFields);
        return reader.strange ? null : fields;
    }

    private void fill(DetailFields fields, String[] identityFields) {
        for (int i = 0; i < identityFields.length; i++) {
            fields.identity[i] = text(detail.value(identityFields[i]), MAX_ID, true);
        }
        fields.exchange = text(detail.value(PlainNames.EXCHANGE), MAX_NAME, false);
        fields.symbol = text(detail.value(PlainNames.SYMBOL), MAX_NAME, false);
        fields.price = decimal(detail.value(PlainNames.PRICE));
        fields.volume = decimal(detail.value(PlainNames.VOLUME));
        fields.bidPrice = decimal(detail.value(PlainNames.BID_PRICE));
        fields.bidSize = decimal(detail.value(PlainNames.BID_SIZE));
        fields.askPrice = decimal(detail.value(PlainNames.ASK_PRICE));
        fields.askSize = decimal(detail.value(PlainNames.ASK_SIZE));
        fields.refEventId = text(detail.value(PlainNames.REF_EVENT_ID), MAX_ID, true);
        fields.event.tradeId(text(detail.value(PlainNames.TRADE_ID), MAX_ID, true));
        fields.event.conditions(text(detail.value(PlainNames.CONDITIONS), MAX_CONDITIONS, true));
        fields.event.side(text(detail.value(PlainNames.SIDE), MAX_NAME, false));
        fields.event.currency(text(detail.value(PlainNames.CURRENCY), MAX_NAME, false));
        fields.event.tape(text(detail.value(PlainNames.TAPE), MAX_NAME, true));
        fields.event.sequence(sequence(detail.value(PlainNames.SEQUENCE)));
        long time = detail.value(PlainNames.EVENT_TIME);
        if (isGiven(time)) {
            fields.eventTimeGiven = true;
            fields.eventNanos = nanos(time);
        }
        long publishTime = detail.value(PlainNames.PUBLISH_TIME);
        if (isGiven(publishTime)) {
            fields.event.publishTimeMillis(nanos(publishTime) / 1_000_000);
        }
    }

    private static boolean isGiven(long value) {
        return value != PlainObject.ABSENT && PlainObject.kind(value) != PlainObject.NULL;
    }

    /** What is plain can't be wrong but by its length. */
    private @Nullable String text(long value, int maxChars, boolean numbersToo) {
        if (!isGiven(value)) {
            return null;
        }
        int kind = PlainObject.kind(value);
        boolean legal = kind == PlainObject.TEXT || (numbersToo && kind == PlainObject.INTEGER);
        if (!legal || PlainObject.length(value) > maxChars) {
            strange = true;
            return null;
        }
        String text = detail.text(value);
        boolean blank = text.isEmpty() || (text.charAt(0) == ' ' && text.isBlank());
        return blank ? null : text;
    }

    private @Nullable BigDecimal decimal(long value) {
        if (!isGiven(value)) {
            return null;
        }
        switch (PlainObject.kind(value)) {
            case PlainObject.INTEGER, PlainObject.DECIMAL -> {
                return number(value);
            }
            case PlainObject.TEXT -> {
                char[] text = detail.text(value).toCharArray();
                BigDecimal number = Decimals.parse(text, 0, text.length);
                strange |= number == null && text.length > 0;
                return number;
            }
            default -> {
                strange = true;
                return null;
            }
        }
    }

    private BigDecimal number(long value) {
        int to = PlainObject.from(value) + PlainObject.length(value);
        int scale = 0;
        if (PlainObject.kind(value) == PlainObject.DECIMAL) {
            while (detail.byteAt(to - 1 - scale) != '.') {
                scale++;
            }
        }
        return BigDecimal.valueOf(digits(value), scale);
    }

    /** The number without its point; at most 18 digits, so that nothing overflows. */
    private long digits(long value) {
        int from = PlainObject.from(value);
        int to = from + PlainObject.length(value);
        long digits = 0;
        for (int i = from; i < to; i++) {
            byte b = detail.byteAt(i);
            if (b >= '0') {
                digits = digits * 10 + (b - '0');
            }
        }
        return detail.byteAt(from) == '-' ? -digits : digits;
    }

    private @Nullable Long sequence(long value) {
        if (!isGiven(value)) {
            return null;
        }
        if (PlainObject.kind(value) != PlainObject.INTEGER) {
            strange = true;
            return null;
        }
        return digits(value);
    }

    private long nanos(long value) {
        long nanos = PlainObject.kind(value) == PlainObject.OTHER
                ? EventTimes.NONE
                : EventTimes.parse(detail.characters(value));
        strange |= nanos == EventTimes.NONE;
        return nanos;
    }
}
