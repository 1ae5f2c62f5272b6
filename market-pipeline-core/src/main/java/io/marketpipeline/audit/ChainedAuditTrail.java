package io.marketpipeline.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Links records to a chain before they are written. A record whose key is taken by another one is linked again a
 * millisecond later. Thread-safe.
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
        AuditRecord[] moved = records.toArray(new AuditRecord[0]);
        for (int move = 0; move < SameRecord.MAX_MOVES; move++) {
            List<Integer> taken = taken(answers);
            if (taken.isEmpty()) {
                return answers;
            }
            for (int index : taken) {
                moved[index] = moved[index].toBuilder()
                        .timestampMillis(moved[index].timestampMillis() + 1)
                        .build();
            }
            List<AuditRecord> again = taken.stream().map(index -> moved[index]).toList();
            List<AuditAnswer> round = chain.write(trail, again, deadline);
            for (int i = 0; i < taken.size(); i++) {
                answers.set(taken.get(i), round.get(i));
            }
        }
        for (int index : taken(answers)) {
            AuditRecord record = records.get(index);
            answers.set(
                    index,
                    new AuditAnswer.Failed(
                            "the " + SameRecord.MAX_MOVES + " milliseconds from " + record.timestampMillis()
                                    + " on are taken by other records of " + record.auditId(),
                            null));
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
