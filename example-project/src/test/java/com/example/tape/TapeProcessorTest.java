package com.example.tape;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.audit.InMemoryAuditTrail;
import io.marketpipeline.deadletter.InMemoryDeadLetters;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.processor.InvocationContext;
import io.marketpipeline.processor.ProcessingOutcome;
import io.marketpipeline.processor.ProcessorParts;
import io.marketpipeline.store.InMemoryMarketDataStore;
import io.marketpipeline.store.MarketDataRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapeProcessorTest {
    private final InMemoryMarketDataStore store = new InMemoryMarketDataStore();
    private final InMemoryAuditTrail auditTrail = new InMemoryAuditTrail();
    private final InMemoryDeadLetters deadLetters = new InMemoryDeadLetters();
    private final TapeProcessor processor = new TapeProcessor(
            ProcessorParts.builder(store, auditTrail, deadLetters).build());

    @Test
    void tradeWhenStoredHasItsNotional() {
        process(trade("\"price\":13.9100,\"volume\":2000,\"conditions\":\"1\""));

        assertThat(row().event().attributes())
                .containsEntry(TapeProcessor.NOTIONAL, new BigDecimal("27820.0000"))
                .containsEntry(TapeProcessor.SETS_LAST_PRICE, true)
                .doesNotContainKey(TapeProcessor.FLAGS);
    }

    @Test
    void tradeWhenPricedByDerivativeIsStoredAndFlagged() {
        process(trade("\"price\":13.91,\"volume\":100,\"conditions\":\"20000200\""));

        assertThat(row().event().attributes())
                .containsEntry(TapeProcessor.SETS_LAST_PRICE, false)
                .containsEntry(TapeProcessor.FLAGS, List.of("DERIVATIVELY_PRICED"));
    }

    @Test
    void tradeWhenConditionsAreNoBitSetIsRejectedByName() {
        ProcessingOutcome outcome = process(trade("\"price\":13.91,\"volume\":100,\"conditions\":\"regular\""));

        assertThat(outcome).isInstanceOfSatisfying(ProcessingOutcome.Rejected.class, rejected -> assertThat(
                        rejected.rejection().reason())
                .isEqualTo("invalid_conditions"));
        assertThat(store.rows()).isEmpty();
        assertThat(auditTrail.records(AuditStatus.REJECTED)).hasSize(1);
        assertThat(deadLetters.letters()).hasSize(1);
    }

    @Test
    void tradeIsKeptNinetyDays() {
        process(trade("\"price\":13.91,\"volume\":100"));

        assertThat(timeToLive()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void quoteIsKeptSevenDaysAndNotEnriched() {
        process(envelope("Market Quote", "\"bid_price\":13.91,\"bid_size\":16800"));

        assertThat(timeToLive()).isEqualTo(Duration.ofDays(7));
        assertThat(row().event().attributes()).isEmpty();
    }

    private ProcessingOutcome process(String envelope) {
        return processor
                .process(
                        EnvelopeDecoder.decode(envelope.getBytes(StandardCharsets.UTF_8))
                                .envelopes(),
                        InvocationContext.of("request-1"))
                .get(0);
    }

    private MarketDataRow row() {
        assertThat(store.rows()).hasSize(1);
        return store.rows().get(0);
    }

    private Duration timeToLive() {
        MarketDataRow row = row();
        return Duration.ofSeconds(row.expirationSeconds() - row.receivedAtMillis() / 1000);
    }

    private static String trade(String fields) {
        return envelope("Trade Execution", fields);
    }

    private static String envelope(String detailType, String fields) {
        return """
                {"version":"0","id":"6f1c2b9e-0000-4000-8000-000000000001","source":"market.data","detail-type":"%s",
                "time":"2026-11-20T14:30:00Z","detail":{"event_id":"tape:BAC:1","event_time":"2013-10-07T13:30:00.019Z",
                "exchange":"BATS","symbol":"BAC",%s}}""".formatted(detailType, fields);
    }
}
