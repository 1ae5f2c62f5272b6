package io.marketpipeline.audit;

import io.marketpipeline.event.RawData;
import io.marketpipeline.schema.ItemHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chains the records that one process writes, so that altering or deleting one of them shows: each carries the hash of the
 * one before. No coordination with others is needed, since each process has a chain of its own. Thread-safe.
 *
 * <p>The chain's id is made with the first record, never before: copies of one function snapshot would share it. The
 * records of a batch are linked in order and written at once. A put that certainly wrote nothing gives its number back; one
 * whose outcome isn't known keeps it for good, and so does one that a later confirmed record of the batch was linked to:
 * {@link ChainHead#skipped()} names them.
 */
public final class AuditChain {
    private static final int ID_CHARS = 24;

    /** Newest skipped places that each head names again, since the line of one head may get lost. */
    private static final int TOLD_AGAIN = 16;

    private @Nullable String writerId;
    private long used;
    private @Nullable String usedSha256;
    private long confirmed;
    private @Nullable String confirmedSha256;
    private long told;
    private List<Long> skipped = new ArrayList<>();
    private List<Long> toldSkipped = List.of();

    /** The trail, with every record linked before it is written. */
    public AuditTrail over(AuditTrail trail) {
        return new ChainedAuditTrail(trail, this);
    }

    /** The newest confirmed record; empty if there is none since the last call. */
    public synchronized Optional<ChainHead> nextHead() {
        if (confirmed == told) {
            return Optional.empty();
        }
        List<Long> below = skipped.isEmpty() && toldSkipped.isEmpty() ? List.of() : skippedBelowConfirmed();
        told = confirmed;
        return Optional.of(new ChainHead(
                Objects.requireNonNull(writerId, "writerId"),
                confirmed,
                Objects.requireNonNull(confirmedSha256, "confirmedSha256"),
                below));
    }

    /** Those to be told; the newest of them are told again with the next head. */
    private List<Long> skippedBelowConfirmed() {
        List<Long> below = new ArrayList<>(toldSkipped);
        List<Long> above = new ArrayList<>(0);
        for (Long number : skipped) {
            (number < confirmed ? below : above).add(number);
        }
        skipped = above;
        toldSkipped = below.subList(Math.max(0, below.size() - TOLD_AGAIN), below.size());
        return below;
    }

    /** Links records in order and writes them; the chain waits for the answers. */
    synchronized List<AuditAnswer> write(AuditTrail trail, List<AuditRecord> records, Instant deadline) {
        List<AuditRecord> linked = new ArrayList<>(records.size());
        String[] hashes = new String[records.size()];
        long number = used;
        String previous = usedSha256;
        for (int i = 0; i < hashes.length; i++) {
            AuditRecord record = records.get(i);
            AuditRecord next = record.toBuilder()
                    .link(new ChainLink(writerId(record), ++number, previous))
                    .build();
            previous = ItemHash.sha256(next);
            linked.add(next);
            hashes[i] = previous;
        }
        List<AuditAnswer> answers = List.of();
        try {
            answers = trail.record(linked, deadline);
            return answers;
        } finally {
            settle(answers, hashes);
        }
    }

    /** Without answers the outcome of none is known. */
    private void settle(List<AuditAnswer> answers, String[] hashes) {
        boolean known = answers.size() == hashes.length;
        int end = hashes.length;
        while (known && end > 0 && isUnwritten(answers.get(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            used++;
            usedSha256 = hashes[i];
            if (known && answers.get(i) instanceof AuditAnswer.Recorded) {
                confirmed = used;
                confirmedSha256 = usedSha256;
            } else {
                skipped.add(used);
            }
        }
    }

    private static boolean isUnwritten(AuditAnswer answer) {
        return answer instanceof AuditAnswer.AlreadyRecorded || answer instanceof AuditAnswer.KeyTaken;
    }

    /**
     * Random numbers alone could repeat after a snapshot; time, the first request and the process's log stream don't. It
     * needn't be hard to guess, and what makes secrets takes long to load.
     */
    private String writerId(AuditRecord first) {
        if (writerId == null) {
            String unique =
                    ThreadLocalRandom.current().nextLong() + " " + System.nanoTime() + " " + System.currentTimeMillis()
                            + " " + first.requestId() + " " + System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
            writerId = RawData.of(unique).sha256().substring(0, ID_CHARS);
        }
        return writerId;
    }
}
