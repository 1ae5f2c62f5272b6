package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.output.Visible;
import io.marketpipeline.publish.OutgoingEvent;
import java.time.Instant;

/** A row of a file, ready to be sent or not. */
sealed interface Tick {
    /** Where it begins in its file, from 1. */
    long line();

    /** A row that makes an event. */
    record Good(long line, OutgoingEvent event, String symbol, String exchange, Instant eventTime) implements Tick {
        /** Another event in this one's place. */
        Good with(OutgoingEvent other) {
            return new Good(line, other, symbol, exchange, eventTime);
        }
    }

    /**
     * A row that doesn't.
     *
     * @param reason goes on behind 'line 7 '
     */
    record Malformed(long line, String reason) implements Tick {
        private static final int MAX_REASON = 300;

        /** The reason quotes the file, so it is made fit for a line. */
        public Malformed {
            reason = Visible.of(reason, MAX_REASON);
        }
    }
}
