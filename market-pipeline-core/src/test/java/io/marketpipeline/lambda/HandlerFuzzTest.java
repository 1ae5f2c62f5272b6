package io.marketpipeline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.audit.InMemoryAuditTrail;
import io.marketpipeline.deadletter.DeadLetter;
import io.marketpipeline.deadletter.InMemoryDeadLetters;
import io.marketpipeline.processor.MarketEventProcessor;
import io.marketpipeline.processor.ProcessorParts;
import io.marketpipeline.schema.AttributeWriter;
import io.marketpipeline.store.InMemoryMarketDataStore;
import io.marketpipeline.store.MarketDataRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

/**
 * Any bytes as the function's payload: decoder, processor, log and answer at once. As a test it runs the kept inputs; with
 * {@code JAZZER_FUZZ=1} it looks for new ones (docs/security.md).
 */
class HandlerFuzzTest {
    private static final JsonFactory JSON = new JsonFactory();

    @FuzzTest(maxDuration = "10m")
    @Timeout(value = 12, unit = TimeUnit.MINUTES) // the build's own limit would end a search that found nothing
    void anyPayloadIsAnsweredAuditedAndLoggedLineByLine(byte[] payload) throws IOException {
        // Jazzer keeps one instance of the test for all inputs, so nothing may stay in it.
        InMemoryMarketDataStore store = new InMemoryMarketDataStore();
        InMemoryAuditTrail audit = new InMemoryAuditTrail();
        InMemoryDeadLetters letters = new InMemoryDeadLetters();
        List<String> lines = new ArrayList<>();
        AuditChain chain = new AuditChain();
        MarketPipelineHandler handler = new MarketPipelineHandler(
                ProcessorParts.builder(store, chain.over(audit), letters).clock(Clock.systemUTC()),
                chain,
                LogLevel.DEBUG,
                new LineWriter(line -> lines.add(line.toString())),
                MarketEventProcessor::new);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        handler.handleRequest(new ByteArrayInputStream(payload), answer, new FakeContext("fuzz"));

        requireJson(answer.toString(StandardCharsets.UTF_8));
        for (String line : lines) {
            require(line.chars().allMatch(c -> c >= 0x20 && c < 0x7F), "a log line isn't printable ASCII: " + line);
            requireJson(line);
        }
        for (MarketDataRow row : store.rows()) {
            requireKey(row.event().eventId());
            requireStorable(row);
        }
        for (AuditRecord record : audit.records()) {
            requireKey(record.auditId());
            requireJson(record.details());
        }
        // The same bytes twice are one refusal, so there may be fewer records than letters.
        for (MarketDataRow row : store.rows()) {
            requireRecord(audit, AuditStatus.SUCCESS, row.event().eventId());
        }
        for (DeadLetter letter : letters.letters()) {
            requireRecord(audit, AuditStatus.REJECTED, letter.eventId());
        }
        for (AuditRecord record : audit.records(AuditStatus.REJECTED)) {
            require(
                    letters.letters().stream().anyMatch(letter -> AuditStatus.REJECTED
                            .auditId(letter.eventId())
                            .equals(record.auditId())),
                    record.auditId() + " has no dead letter");
        }
    }

    private static void requireRecord(InMemoryAuditTrail audit, AuditStatus status, String eventId) {
        String auditId = status.auditId(eventId);
        require(
                audit.records().stream().anyMatch(record -> record.auditId().equals(auditId)),
                auditId + " has no audit record");
    }

    /** DynamoDB: a key has 1 to 2,048 bytes of UTF-8. */
    private static void requireKey(String key) {
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        require(length > 0 && length <= 2048, "a key of " + length + " bytes");
    }

    private static void requireStorable(MarketDataRow row) {
        row.writeTo(new AttributeWriter() {
            @Override
            public void text(String name, @Nullable String value) {
                require(
                        value == null || StandardCharsets.UTF_8.newEncoder().canEncode(value),
                        name + " has half a surrogate pair");
            }

            @Override
            public void number(String name, @Nullable BigDecimal value) {
                require(
                        value == null
                                || value.signum() == 0
                                || value.stripTrailingZeros().precision() <= 38,
                        name + " has too many digits");
            }

            @Override
            public void number(String name, long value) {
                // every long is a DynamoDB number
            }

            @Override
            public void flag(String name, boolean value) {
                // nothing can be wrong
            }

            @Override
            public void texts(String name, List<String> values) {
                values.forEach(value -> text(name, value));
            }
        });
    }

    private static void requireJson(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "no JSON object: " + text);
            parser.skipChildren();
            require(parser.nextToken() == null, "more than one JSON object: " + text);
        }
    }

    /** Cheaper than AssertJ, which would take most of a fuzzer's time. */
    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            assertThat(holds).as(otherwise).isTrue();
        }
    }
}
