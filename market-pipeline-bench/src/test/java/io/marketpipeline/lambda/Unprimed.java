package io.marketpipeline.lambda;

import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.deadletter.UnsetDeadLetters;
import io.marketpipeline.processor.MarketEventProcessor;
import io.marketpipeline.processor.ProcessorParts;
import io.marketpipeline.schema.FunctionVariables;
import io.marketpipeline.wire.AwsWire;
import java.util.Map;

/** The library's handler without the rehearsal of its constructor, to show what that one does. */
public final class Unprimed {
    private Unprimed() {}

    /** Makes it with the environment's tables. */
    public static MarketPipelineHandler handler() {
        Map<String, String> environment = System.getenv();
        AwsWire wire = AwsWire.open(environment);
        AuditChain chain = new AuditChain();
        return new MarketPipelineHandler(
                ProcessorParts.builder(
                        wire.marketData(environment.get(FunctionVariables.MARKET_DATA_TABLE)),
                        chain.over(wire.auditTrail(environment.get(FunctionVariables.AUDIT_TRAIL_TABLE))),
                        new UnsetDeadLetters()),
                chain,
                LogLevel.INFO,
                LineWriter.toStandardOutput(),
                MarketEventProcessor::new);
    }
}
