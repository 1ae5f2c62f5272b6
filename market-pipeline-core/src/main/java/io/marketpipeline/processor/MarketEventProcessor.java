package io.marketpipeline.processor;

import io.marketpipeline.event.Envelope;
import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.event.RejectedEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Processes market events: decode, validate, store, audit, dead-letter. Users subclass it and override hooks; each hook's
 * default is the behaviour of the library.
 *
 * <p>Hooks run on the thread of the invocation, one event after the other. One that throws {@link RejectedEventException}
 * refuses the event for good ({@code REJECTED}); whatever else it throws fails the event ({@code ERROR}), which is then
 * tried again by the platform. Thread-safe if the parts and the overridden hooks are.
 */
public class MarketEventProcessor {
    private final ProcessorParts parts;

    /** Makes a processor of its parts. */
    public MarketEventProcessor(ProcessorParts parts) {
        this.parts = parts;
    }

    /**
     * Processes a batch. Never throws for an event's sake: the answer says what became of each.
     *
     * @param envelopes what came in; several may be the same event
     * @param context the invocation
     * @return one outcome per envelope, in the envelopes' order
     */
    public final List<ProcessingOutcome> process(List<Envelope> envelopes, InvocationContext context) {
        List<BatchEntry> entries = new ArrayList<>(envelopes.size());
        for (Envelope envelope : envelopes) {
            entries.add(new BatchEntry(envelope));
        }
        AuditRecords records = new AuditRecords(parts, context);
        // Calls of three classes at one place: HotSpot doesn't take them into the caller, or it would compile all steps
        // as one method (docs/performance.md).
        for (BatchStep step : List.of(
                new BatchPreparation(this, parts, context),
                new BatchStoring(parts, context, records),
                new BatchRecording(parts, context, records))) {
            step.run(entries);
        }
        List<ProcessingOutcome> outcomes = new ArrayList<>(entries.size());
        for (BatchEntry entry : entries) {
            outcomes.add(entry.outcome());
            react(entry.outcome());
        }
        return List.copyOf(outcomes);
    }

    private void react(ProcessingOutcome outcome) {
        try {
            onOutcome(outcome);
        } catch (RuntimeException e) {
            Listeners.tell(() -> parts.listener().reactionFailed(outcome, e));
        }
    }

    /** The parts that this processor was made of. */
    public final ProcessorParts parts() {
        return parts;
    }

    /**
     * Checks a valid event against rules of the user's own; throws {@link RejectedEventException} to refuse it. The default
     * accepts all.
     */
    protected void validate(MarketEvent event) {}

    /**
     * Adds to an event before it is stored, with {@code event.toBuilder().attribute(...)}. Identity, event time, detail
     * type and raw data must stay; an event that comes back with others fails. The default returns the event as it is.
     */
    protected MarketEvent enrich(MarketEvent event) {
        return event;
    }

    /**
     * Decides when an event's row expires. The default asks the {@link io.marketpipeline.ttl.TtlPolicy} of the parts.
     *
     * @param event the event as it will be stored
     * @param receivedAt when the function received it
     * @return empty to keep the row for good; what is past already is set to now
     */
    protected Optional<Instant> expiry(MarketEvent event, Instant receivedAt) {
        return parts.ttl().expiry(event, receivedAt);
    }

    /**
     * Reacts to an outcome, after it is stored and audited. What it throws is told to the listener and changes nothing. The
     * default does nothing.
     */
    protected void onOutcome(ProcessingOutcome outcome) {}
}
