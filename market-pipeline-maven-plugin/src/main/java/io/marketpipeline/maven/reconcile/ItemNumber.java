package io.marketpipeline.maven.reconcile;

import java.math.BigDecimal;
import java.util.Map;

/** Reads numbers of items, into which whoever may write to the table may have put anything. */
final class ItemNumber {
    /** The end of the year 9999: later times can't be reckoned with, and nothing of ours has one. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private ItemNumber() {}

    /** A whole number; 0 where there is none. */
    static long of(Map<String, Object> item, String name) {
        return item.get(name) instanceof BigDecimal number ? number.longValue() : 0;
    }

    /** A time in seconds since the epoch, inside what an {@link java.time.Instant} with days added to it takes. */
    static long seconds(Map<String, Object> item, String name) {
        return seconds(of(item, name));
    }

    /** As above. */
    static long seconds(long seconds) {
        return Math.max(0, Math.min(seconds, MAX_SECONDS));
    }

    /** A place in a chain, which are counted from 1; 0 for what is none. */
    static long place(BigDecimal number) {
        try {
            return Math.max(0, number.longValueExact());
        } catch (ArithmeticException e) {
            return 0; // A fraction, or more than a writer can have counted to.
        }
    }
}
