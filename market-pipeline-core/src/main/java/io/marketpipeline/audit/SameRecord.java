package io.marketpipeline.audit;

import io.marketpipeline.text.Sha256Hex;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells a record that is written again from another one that falls on the same key (the same event id and status in the
 * same millisecond), and says where the other goes.
 */
public final class SameRecord {
    /** How often another record moves on at most before it is given up. */
    public static final int MAX_MOVES = 7;

    /** Hexadecimal digits of the hash that each move takes its own from. */
    private static final int DIGITS_A_MOVE = 8;

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

    /**
     * The record where it goes because all its earlier keys are taken: first a millisecond on, then to places that follow
     * from what {@link #test} compares, each spread wider than the one before (4 seconds, 65 seconds, 17 minutes and so on).
     * So a few records stay together, and however many share a key, each is written, and found again, by a few puts. One
     * that moved on millisecond by millisecond would meet all of them.
     *
     * @param record as it was before its first move
     * @param move from 1 to {@link #MAX_MOVES}
     */
    public static AuditRecord moved(AuditRecord record, int move) {
        long distance = move == 1 ? 1 : 2 + spread(record, move);
        return record.toBuilder()
                .timestampMillis(record.timestampMillis() + distance)
                .build();
    }

    private static long spread(AuditRecord record, int move) {
        String said = record.status() == AuditStatus.REJECTED
                ? String.valueOf(record.rawSha256())
                : record.requestId() + " " + record.rawSha256();
        int from = (move - 2) * DIGITS_A_MOVE;
        return Long.parseLong(Sha256Hex.of(said), from, from + move + 1, 16);
    }

    /** The answer to a record that found no key. */
    public static AuditAnswer noKeyLeft(AuditRecord record) {
        return new AuditAnswer.Failed(
                "the " + (MAX_MOVES + 1) + " keys that " + record.auditId() + " may have, from "
                        + record.timestampMillis() + " on, are taken by other records of it",
                null);
    }
}
