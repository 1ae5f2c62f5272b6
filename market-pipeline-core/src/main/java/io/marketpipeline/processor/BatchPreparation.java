package io.marketpipeline.processor;

import io.marketpipeline.event.DecodedEvent;
import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.event.RejectedEventException;
import io.marketpipeline.store.MarketDataRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes the envelopes of a batch and runs the user's hooks on their events. */
final class BatchPreparation implements BatchStep {
    private final MarketEventProcessor hooks;
    private final ProcessorParts parts;
    private final InvocationContext context;

    BatchPreparation(MarketEventProcessor hooks, ProcessorParts parts, InvocationContext context) {
        this.hooks = hooks;
        this.parts = parts;
        this.context = context;
    }

    @Override
    public void run(List<BatchEntry> entries) {
        for (BatchEntry entry : entries) {
            DecodedEvent decoded = parts.decoder().decode(entry.envelope());
            if (decoded instanceof DecodedEvent.Invalid invalid) {
                entry.outcome(new ProcessingOutcome.Rejected(
                        invalid.eventId(), invalid.detailType(), invalid.timestampMillis(), invalid.rejections()));
            } else if (decoded instanceof DecodedEvent.Valid valid) {
                runHooks(entry, valid.event());
            }
        }
    }

    private void runHooks(BatchEntry entry, MarketEvent event) {
        try {
            hooks.validate(event);
            MarketEvent enriched = hooks.enrich(event);
            checkUnchanged(event, enriched);
            entry.row(row(enriched));
        } catch (RejectedEventException e) {
            entry.outcome(new ProcessingOutcome.Rejected(
                    event.eventId(), event.detailType(), event.eventTimeMillis(), List.of(e.rejection())));
        } catch (RuntimeException e) {
            entry.outcome(Failures.of(event, "the processor's hook failed: " + Failures.describe(e), e));
        }
    }

    private MarketDataRow row(MarketEvent event) {
        Instant now = parts.clock().instant();
        return new MarketDataRow(
                event,
                context.requestId(),
                event.rawData().sha256(),
                context.receivedAt().toEpochMilli(),
                now.toEpochMilli(),
                expiration(event, now),
                parts.environment(),
                parts.indexShards());
    }

    /** DynamoDB never deletes rows that expired over five years ago, so what is past is made to expire now. */
    private @Nullable Long expiration(MarketEvent event, Instant now) {
        Optional<Instant> expiry = hooks.expiry(event, context.receivedAt());
        return expiry.isEmpty() ? null : Long.valueOf(Math.max(expiry.get().getEpochSecond(), now.getEpochSecond()));
    }

    private static void checkUnchanged(MarketEvent before, MarketEvent after) {
        boolean same = before.eventId().equals(after.eventId())
                && before.eventTimeMillis() == after.eventTimeMillis()
                && before.eventTimeNanos() == after.eventTimeNanos()
                && before.detailType().equals(after.detailType())
                && before.rawData().equals(after.rawData());
        if (!same) {
            throw new IllegalStateException(
                    "enrich changed the identity, event time, detail type or raw data of the event; it may only add");
        }
    }
}
