package io.marketpipeline.lambda;

import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.deadletter.UnsetDeadLetters;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.processor.InvocationContext;
import io.marketpipeline.processor.MarketEventProcessor;
import io.marketpipeline.processor.ProcessingOutcome;
import io.marketpipeline.processor.ProcessorParts;
import io.marketpipeline.text.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

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
        WriteClient offline = client.offline();
        AuditChain chain = new AuditChain();
        MarketEventProcessor processor = new MarketEventProcessor(ProcessorParts.builder(
                        offline.marketData("rehearsal"),
                        chain.over(offline.auditTrail("rehearsal")),
                        new UnsetDeadLetters())
                .build());
        byte[] payload = EVENT.getBytes(StandardCharsets.UTF_8);
        List<ProcessingOutcome> outcomes =
                processor.process(EnvelopeDecoder.decode(payload).envelopes(), InvocationContext.of("rehearsal"));
        if (!(outcomes.get(0) instanceof ProcessingOutcome.Stored)) {
            throw new IllegalStateException("the event of the rehearsal wasn't stored: " + outcomes.get(0));
        }
        LineWriter nowhere = new LineWriter(new Nowhere());
        FunctionLog log = new FunctionLog(LogLevel.INFO, Clock.systemUTC(), nowhere);
        log.write("rehearsal", outcomes);
        new ChainHeadLines(chain, log).write("rehearsal", outcomes);
        new MetricLines(nowhere, Clock.systemUTC(), processor.parts().decoder()).write("rehearsal", outcomes);
        Answer.toSingle(outcomes.get(0));
    }

    private static final class Nowhere implements Consumer<Bytes> {
        @Override
        public void accept(Bytes line) {
            // It was never an event.
        }
    }
}
