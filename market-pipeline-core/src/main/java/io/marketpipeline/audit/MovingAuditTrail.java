package io.marketpipeline.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An audit trail whose records go where {@link SameRecord#moved} puts them while their keys are taken by others. Each trail has
 * a method {@code record} of its own: HotSpot takes one that a chain and the trail beneath it share into itself, for 3 MB more.
 */
public abstract class MovingAuditTrail implements AuditTrail {
    /** For implementations. */
    protected MovingAuditTrail() {}

    /**
     * Writes each record to its own key.
     *
     * @return one answer per record, in the records' order; {@link AuditAnswer.KeyTaken} where another record is there
     */
    protected abstract List<AuditAnswer> write(List<AuditRecord> records, Instant deadline);

    /**
     * Writes the records whose keys were taken to where they go then, but for those that a link keeps where they are.
     *
     * @param first the answers to {@link #write}
     * @return the answers in the end
     */
    protected final List<AuditAnswer> moved(List<AuditRecord> records, List<AuditAnswer> first, Instant deadline) {
        List<Integer> moving = moving(records, first);
        if (moving.isEmpty()) {
            return first;
        }
        List<AuditAnswer> answers = new ArrayList<>(first);
        for (int move = 1; move <= SameRecord.MAX_MOVES && !moving.isEmpty(); move++) {
            List<AuditRecord> next = new ArrayList<>(moving.size());
            for (int index : moving) {
                next.add(SameRecord.moved(records.get(index), move));
            }
            List<AuditAnswer> round = write(next, deadline);
            for (int i = 0; i < round.size(); i++) {
                answers.set(moving.get(i), round.get(i));
            }
            moving = moving(records, answers);
        }
        for (int index : moving) {
            answers.set(index, SameRecord.noKeyLeft(records.get(index)));
        }
        return answers;
    }

    private static List<Integer> moving(List<AuditRecord> records, List<AuditAnswer> answers) {
        List<Integer> moving = List.of();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof AuditAnswer.KeyTaken && records.get(i).link() == null) {
                moving = moving.isEmpty() ? new ArrayList<>() : moving;
                moving.add(i);
            }
        }
        return moving;
    }
}
