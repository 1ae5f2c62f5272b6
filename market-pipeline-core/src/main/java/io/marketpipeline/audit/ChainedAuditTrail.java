package io.marketpipeline.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Links records to a chain before they are written. A record whose key is taken by another one is linked again
 * where {@link SameRecord#moved} puts it. Thread-safe.
 */
final class ChainedAuditTrail implements AuditTrail {
    private final AuditTrail trail;
    private final AuditChain chain;

    ChainedAuditTrail(AuditTrail trail, AuditChain chain) {
        this.trail = trail;
        this.chain = chain;
    }

    @Override
    public List<AuditAnswer> record(List<AuditRecord> records, Instant deadline) {
        List<AuditAnswer> answers = new ArrayList<>(chain.write(trail, records, deadline));
        for (int move = 1; move <= SameRecord.MAX_MOVES; move++) {
            List<Integer> taken = taken(answers);
            if (taken.isEmpty()) {
                return answers;
            }
            List<AuditRecord> again = new ArrayList<>(taken.size());
            for (int index : taken) {
                again.add(SameRecord.moved(records.get(index), move));
            }
            List<AuditAnswer> round = chain.write(trail, again, deadline);
            for (int i = 0; i < taken.size(); i++) {
                answers.set(taken.get(i), round.get(i));
            }
        }
        for (int index : taken(answers)) {
            answers.set(index, SameRecord.noKeyLeft(records.get(index)));
        }
        return answers;
    }

    private static List<Integer> taken(List<AuditAnswer> answers) {
        List<Integer> taken = new ArrayList<>(0);
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof AuditAnswer.KeyTaken) {
                taken.add(i);
            }
        }
        return taken;
    }
}
