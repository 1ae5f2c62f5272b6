package io.marketpipeline.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells a record that is written again from another one that falls on the same key (the same event id and status in the
 * same millisecond).
 */
public final class SameRecord {
    /** How many milliseconds another record moves on at most before it is given up. */
    public static final int MAX_MOVES = 64;

    private SameRecord() {}

    /**
     * Whether the record that is there is this very one: written by an earlier try whose answer was lost.
     *
     * @param existingWriterId writer of the record that is there
     * @param existingNumber its place in that writer's chain
     */
    public static boolean isSameLink(
            AuditRecord record, @Nullable String existingWriterId, @Nullable Long existingNumber) {
        ChainLink link = record.link();
        return link != null
                && link.writerId().equals(existingWriterId)
                && Objects.equals(link.number(), existingNumber);
    }

    /**
     * Whether the record that is there says what the record to be written says. There is one {@code SUCCESS} per row,
     * whoever writes it; one {@code REJECTED} per refused content; the others are the same if one invocation wrote both.
     *
     * @param record what is to be written
     * @param existingRequestId request id of the record that is there
     * @param existingRawSha256 hash in the record that is there
     */
    public static boolean test(
            AuditRecord record, @Nullable String existingRequestId, @Nullable String existingRawSha256) {
        return switch (record.status()) {
            case SUCCESS -> true;
            case REJECTED -> Objects.equals(record.rawSha256(), existingRawSha256);
            case DUPLICATE, ERROR, UNDELIVERED ->
                Objects.equals(record.requestId(), existingRequestId)
                        && Objects.equals(record.rawSha256(), existingRawSha256);
        };
    }
}
