package io.marketpipeline.lambda;

import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.processor.ProcessingOutcome;
import java.util.List;
import java.util.Optional;

/** The line that fixes the audit chain's head, after each invocation that wrote records. */
final class ChainHeadLines implements Report {
    private final AuditChain chain;
    private final FunctionLog log;

    ChainHeadLines(AuditChain chain, FunctionLog log) {
        this.chain = chain;
        this.log = log;
    }

    @Override
    public void write(String functionName, List<ProcessingOutcome> outcomes) {
        Optional<ChainHead> head = chain.nextHead();
        if (head.isPresent()) {
            log.chainHead(head.get());
        }
    }
}
