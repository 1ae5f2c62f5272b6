package io.marketpipeline.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.deadletter.InMemoryDeadLetters;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.event.Payloads;
import io.marketpipeline.processor.InvocationContext;
import io.marketpipeline.processor.MarketEventProcessor;
import io.marketpipeline.processor.ProcessingOutcome;
import io.marketpipeline.processor.ProcessorParts;
import io.marketpipeline.schema.IndexProjection;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.store.MarketDataQuery;
import io.marketpipeline.store.PageRequest;
import io.marketpipeline.ttl.TtlPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DynamoDB deletes an expired row within days, not at once; until then it is there for puts and for no reader. */
class ExpiredRowTest {
    private static final Instant STORED = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant EXPIRED = STORED.plus(Duration.ofDays(8));

    @Test
    void eventThatComesAgainWhileItsExpiredRowIsThereIsADuplicateThatNobodyReads() {
        try (LocalTables tables = new LocalTables();
                DynamoDbTables writer = DynamoDbTables.of(tables.client())) {
            assertThat(process(writer, "first", STORED)).hasOnlyElementsOfType(ProcessingOutcome.Stored.class);
            assertThat(rows(tables, STORED)).isOne();
            assertThat(rows(tables, EXPIRED)).isZero();

            assertThat(process(writer, "replay", EXPIRED)).hasOnlyElementsOfType(ProcessingOutcome.Duplicate.class);

            assertThat(rows(tables, EXPIRED)).isZero();
        }
    }

    private static List<ProcessingOutcome> process(DynamoDbTables writer, String request, Instant now) {
        MarketEventProcessor processor = new MarketEventProcessor(ProcessorParts.builder(
                        writer.marketData(LocalTables.MARKET_DATA),
                        writer.auditTrail(LocalTables.AUDIT_TRAIL),
                        new InMemoryDeadLetters())
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .ttl(TtlPolicy.days(7))
                .build());
        return processor.process(
                EnvelopeDecoder.decode(Payloads.bytes(Payloads.envelope(Payloads.TRADE)))
                        .envelopes(),
                new InvocationContext(request, now, Instant.now().plusSeconds(30)));
    }

    private static int rows(LocalTables tables, Instant now) {
        return new DynamoDbMarketDataReader(
                        tables.client(),
                        LocalTables.MARKET_DATA,
                        IndexShards.one(),
                        IndexProjection.ALL,
                        InstantSource.fixed(now))
                .read(MarketDataQuery.byEventId("e-1"), PageRequest.builder().build())
                .items()
                .size();
    }
}
