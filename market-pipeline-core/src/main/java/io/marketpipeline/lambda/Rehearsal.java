package io.marketpipeline.lambda;

import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.audit.InMemoryAuditTrail;
import io.marketpipeline.deadletter.InMemoryDeadLetters;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.processor.InvocationContext;
import io.marketpipeline.processor.MarketEventProcessor;
import io.marketpipeline.processor.ProcessingOutcome;
import io.marketpipeline.processor.ProcessorParts;
import io.marketpipeline.store.InMemoryMarketDataStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/**
 * Takes an event through everything but the network when the function starts, so that a snapshot holds the classes and
 * compiled code that the first event needs. The user's hooks aren't called: they must see real events only.
 */
final class Rehearsal {
    private static final String EVENT =
            """
            {"id":"rehearsal","source":"market.data","detail-type":"Trade Execution","time":"2026-01-02T14:30:00Z",
            "detail":{"event_id":"rehearsal","event_time":"2026-01-02T14:30:00.123456Z","exchange":"X","symbol":"X",
            "price":1.25,"volume":100,"sequence":1,"conditions":"0"}}""";

    private Rehearsal() {}

    static void run(FunctionLog log, WriteClient client) {
        try {
            rehearse(client);
        } catch (RuntimeException e) {
            log.primingFailed(e);
        }
    }

    private static void rehearse(WriteClient client) {
        client.prime();
        MarketEventProcessor processor = new MarketEventProcessor(ProcessorParts.builder(
                        new InMemoryMarketDataStore(),
                        new AuditChain().over(new InMemoryAuditTrail()),
                        new InMemoryDeadLetters())
                .build());
        byte[] payload = EVENT.getBytes(StandardCharsets.UTF_8);
        List<ProcessingOutcome> outcomes =
                processor.process(EnvelopeDecoder.decode(payload).envelopes(), InvocationContext.of("rehearsal"));
        LineWriter nowhere = new LineWriter(line -> {});
        outcomes.forEach(new FunctionLog(LogLevel.INFO, Clock.systemUTC(), nowhere)::outcome);
        new MetricLines(nowhere, Clock.systemUTC(), detailType -> true).write("rehearsal", outcomes);
        Answer.toSingle(outcomes.get(0));
    }
}
