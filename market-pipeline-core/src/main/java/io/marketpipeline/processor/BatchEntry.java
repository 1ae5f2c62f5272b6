package io.marketpipeline.processor;

import io.marketpipeline.event.Envelope;
import io.marketpipeline.event.RawData;
import io.marketpipeline.store.MarketDataRow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One envelope on its way through the batch: first its row, then its outcome. */
final class BatchEntry {
    private final Envelope envelope;
    private @Nullable MarketDataRow row;
    private @Nullable String rowSha256;
    private @Nullable IfStored ifStored;
    private @Nullable ProcessingOutcome outcome;

    BatchEntry(Envelope envelope) {
        this.envelope = envelope;
    }

    Envelope envelope() {
        return envelope;
    }

    /** The row to store; null before, and where the event never gets that far. */
    @Nullable
    MarketDataRow row() {
        return row;
    }

    void row(MarketDataRow value) {
        row = value;
    }

    /** Hash of the row that the event is stored as, whoever stored it; null where it isn't. */
    @Nullable
    String rowSha256() {
        return rowSha256;
    }

    void rowSha256(String value) {
        rowSha256 = value;
    }

    /** What follows where the row is stored; null where it wasn't made beforehand. */
    @Nullable
    IfStored ifStored() {
        return ifStored;
    }

    void ifStored(IfStored value) {
        ifStored = value;
    }

    boolean isDecided() {
        return outcome != null;
    }

    ProcessingOutcome outcome() {
        return Objects.requireNonNull(outcome, "every entry is decided at the end");
    }

    void outcome(ProcessingOutcome value) {
        outcome = value;
    }

    /** What the event's hash is of: its detail, or the whole envelope where it has none. */
    RawData hashed() {
        RawData detail = envelope.detail();
        return detail == null ? envelope.raw() : detail;
    }
}
