package io.marketpipeline.scaling;

import io.marketpipeline.schema.IndexShards;

/**
 * One second of a tape, written with a number of shards: how many units go to the busiest key of each index. Identities are
 * made as {@code publish} makes them and spread as the function spreads them.
 */
final class OneSecond {
    /** Units a second that one key takes (DynamoDB developer guide, "Burst and adaptive capacity"). */
    static final int KEY_LIMIT = 1000;

    /** Events that {@link #carried} looks for at most, and some. */
    static final int MOST = 4_000_000;

    private final double[] venues;
    private final double busiestSymbol;
    private final int rowUnits;
    private final int recordUnits;

    /** What throttles first. */
    enum Index {
        EXCHANGE("ExchangeIndex"),
        SYMBOL("SymbolIndex"),
        EVENT_TYPE("EventTypeIndex");

        final String label;

        Index(String label) {
            this.label = label;
        }
    }

    /**
     * A second.
     *
     * @param venues share of each venue
     * @param busiestSymbol share of the busiest instrument
     * @param rowUnits write units of a row in an index
     * @param recordUnits write units of an audit record in its index
     */
    OneSecond(double[] venues, double busiestSymbol, int rowUnits, int recordUnits) {
        this.venues = venues.clone();
        this.busiestSymbol = busiestSymbol;
        this.rowUnits = rowUnits;
        this.recordUnits = recordUnits;
    }

    /** Units on the busiest key of an index, of so many events of one detail type. */
    long busiestKey(Index index, int events, int shards) {
        double share =
                switch (index) {
                    case EXCHANGE -> TapeProfile.largest(venues);
                    case SYMBOL -> busiestSymbol;
                    case EVENT_TYPE -> 1;
                };
        int units = index == Index.EVENT_TYPE ? recordUnits : rowUnits;
        IndexShards spread = new IndexShards(shards);
        long[] keys = new long[shards];
        long largest = 0;
        for (int i = 0; i < Math.round(events * share); i++) {
            keys[spread.of("tape-2013-10-07:trade:S" + i % 500 + ":" + i)] += units;
        }
        for (long key : keys) {
            largest = Math.max(largest, key);
        }
        return largest;
    }

    /** The largest number of events of which no key of the index is throttled, to about two digits. */
    int carried(Index index, int shards) {
        int carried = 0;
        for (int step = 1 << 21; step > 0 && step > carried / 128; step >>= 1) {
            if (busiestKey(index, carried + step, shards) <= KEY_LIMIT) {
                carried += step;
            }
        }
        return carried;
    }
}
