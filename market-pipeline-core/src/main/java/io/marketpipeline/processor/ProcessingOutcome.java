package io.marketpipeline.processor;

import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.event.Rejection;
import io.marketpipeline.store.ExistingRow;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of one event. */
public sealed interface ProcessingOutcome {
    /** Identity of the event; {@code unreadable-} and a hash where none could be read. */
    String eventId();

    /** Detail type of the event; {@code unknown} where it couldn't be read. */
    String detailType();

    /** Event time in milliseconds since the epoch; 0 where it couldn't be read. */
    long timestampMillis();

    /** Status of the outcome's audit record. */
    AuditStatus status();

    /**
     * The event is stored and audited.
     *
     * @param event as it was stored, with what the hooks added
     * @param storedAtMillis when it was written, milliseconds since the epoch
     * @param earlierWrite whether an earlier try of the same invocation had written it
     */
    record Stored(MarketEvent event, long storedAtMillis, boolean earlierWrite) implements ProcessingOutcome {
        @Override
        public String eventId() {
            return event.eventId();
        }

        @Override
        public String detailType() {
            return event.detailType();
        }

        @Override
        public long timestampMillis() {
            return event.eventTimeMillis();
        }

        @Override
        public AuditStatus status() {
            return AuditStatus.SUCCESS;
        }
    }

    /**
     * The same event with the same content was stored before; nothing was written but the audit record.
     *
     * @param event the repeated event
     * @param first the row that is there
     */
    record Duplicate(MarketEvent event, ExistingRow first) implements ProcessingOutcome {
        @Override
        public String eventId() {
            return event.eventId();
        }

        @Override
        public String detailType() {
            return event.detailType();
        }

        @Override
        public long timestampMillis() {
            return event.eventTimeMillis();
        }

        @Override
        public AuditStatus status() {
            return AuditStatus.DUPLICATE;
        }
    }

    /**
     * The event was refused for good, audited and dead-lettered.
     *
     * @param rejections everything that is wrong with it, at least one; the first is the dead letter's reason
     */
    record Rejected(String eventId, String detailType, long timestampMillis, List<Rejection> rejections)
            implements ProcessingOutcome {
        public Rejected {
            rejections = List.copyOf(rejections);
            if (rejections.isEmpty()) {
                throw new IllegalArgumentException("a refusal needs a reason");
            }
        }

        /** The first thing that is wrong. */
        public Rejection rejection() {
            return rejections.get(0);
        }

        @Override
        public AuditStatus status() {
            return AuditStatus.REJECTED;
        }
    }

    /**
     * The event isn't done; a later try may succeed.
     *
     * @param message what failed, in words
     * @param cause what was thrown; null where nothing was
     */
    record Failed(String eventId, String detailType, long timestampMillis, String message, @Nullable Throwable cause)
            implements ProcessingOutcome {
        public Failed {
            Objects.requireNonNull(message, "message");
        }

        @Override
        public AuditStatus status() {
            return AuditStatus.ERROR;
        }
    }
}
