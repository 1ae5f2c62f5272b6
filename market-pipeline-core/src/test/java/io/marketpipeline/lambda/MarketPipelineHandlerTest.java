package io.marketpipeline.lambda;

import static io.marketpipeline.event.Payloads.TRADE;
import static io.marketpipeline.event.Payloads.bytes;
import static io.marketpipeline.event.Payloads.envelope;
import static io.marketpipeline.event.Payloads.pack;
import static io.marketpipeline.event.Payloads.queue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.audit.InMemoryAuditTrail;
import io.marketpipeline.deadletter.InMemoryDeadLetters;
import io.marketpipeline.processor.MarketEventProcessor;
import io.marketpipeline.processor.ProcessorParts;
import io.marketpipeline.schema.ItemHash;
import io.marketpipeline.store.InMemoryMarketDataStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarketPipelineHandlerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:15:01Z");

    private final InMemoryMarketDataStore store = new InMemoryMarketDataStore();
    private final InMemoryAuditTrail audit = new InMemoryAuditTrail();
    private final InMemoryDeadLetters deadLetters = new InMemoryDeadLetters();
    private final AuditChain chain = new AuditChain();
    private final List<String> lines = new ArrayList<>();

    private MarketPipelineHandler handler(LogLevel level) {
        return new MarketPipelineHandler(
                ProcessorParts.builder(store, chain.over(audit), deadLetters).clock(Clock.fixed(NOW, ZoneOffset.UTC)),
                chain,
                level,
                new LineWriter(line -> lines.add(line.toString())),
                MarketEventProcessor::new);
    }

    private String handle(LogLevel level, String requestId, String payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            handler(level).handleRequest(new ByteArrayInputStream(bytes(payload)), out, new FakeContext(requestId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.forEach(MarketPipelineHandlerTest::assertOneJsonObject);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String handle(String requestId, String payload) {
        return handle(LogLevel.INFO, requestId, payload);
    }

    private static void assertOneJsonObject(String line) {
        assertThat(line).matches("[ -~]*");
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            parser.nextToken();
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private List<String> metricLines() {
        return lines.stream().filter(line -> line.contains("\"_aws\"")).toList();
    }

    @Test
    void handleWhenStoredAnswersAsTheTerraformOriginalWithTheOutcomeBeside() {
        assertThat(handle("r1", envelope(TRADE)))
                .isEqualTo("{\"statusCode\":200,\"body\":\"{\\\"message\\\":\\\"Event processed successfully\\\","
                        + "\\\"event_id\\\":\\\"e-1\\\",\\\"timestamp\\\":1381132800614}\",\"outcome\":\"SUCCESS\"}");
        assertThat(store.rows()).hasSize(1);
    }

    @Test
    void handleWhenDuplicateOrRefusedSaysSo() {
        handle("r1", envelope(TRADE));

        assertThat(handle("r2", envelope(TRADE))).contains("\"outcome\":\"DUPLICATE\"");
        assertThat(handle("r3", envelope(TRADE.replace("13.9400", "14"))))
                .contains("\"outcome\":\"REJECTED\",\"reason\":\"identity_conflict\",\"field\":\"event_id\"");
    }

    @Test
    void handleWhenArrayAnswersEachInOrder() {
        assertThat(handle("r1", "[" + envelope(TRADE) + "," + envelope("{\"event_id\":\"e-2\"}") + "]"))
                .contains("\"outcomes\":[{\"event_id\":\"e-1\",\"timestamp\":1381132800614,\"outcome\":\"SUCCESS\"},"
                        + "{\"event_id\":\"e-2\",\"timestamp\":1795378500000,\"outcome\":\"REJECTED\"");
    }

    @Test
    void handleWhenNotJsonReturnsNormallyAndDeadLetters() {
        assertThat(handle("r1", "\u0000 not json")).contains("\"outcome\":\"REJECTED\",\"reason\":\"malformed\"");
        assertThat(deadLetters.letters()).hasSize(1);
    }

    @Test
    void handleWhenAQueuesMessageHasNoEnvelopeAuditsAndDeadLettersIt() {
        assertThat(handle("r1", queue("[]", envelope("{\"events\":[]}"), envelope(TRADE))))
                .isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(audit.records())
                .extracting(AuditRecord::status)
                .containsExactlyInAnyOrder(AuditStatus.REJECTED, AuditStatus.REJECTED, AuditStatus.SUCCESS);
        assertThat(deadLetters.letters())
                .extracting(letter -> letter.rejection().reason())
                .containsExactly("malformed", "missing_events");
    }

    @Test
    void handleWhenADeploymentAsksWhetherTheFunctionStartsLeavesNoTrace() {
        assertThat(handle("r1", "[]")).contains("\"outcomes\":[]");

        assertThat(audit.records()).isEmpty();
        assertThat(deadLetters.letters()).isEmpty();
    }

    @Test
    void handleWhenAnEventFailsThrowsAfterTheOthersAndNamesIt() {
        deadLetters.failWith("queue gone");

        assertThatExceptionOfType(EventsFailedException.class)
                .isThrownBy(() -> handle("r1", "[" + envelope("{\"event_id\":\"bad\"}") + "," + envelope(TRADE) + "]"))
                .withMessageContaining("1 of 2 events failed: bad (")
                .withMessageContaining("queue gone");
        assertThat(store.rows()).hasSize(1);
        assertThat(metricLines()).singleElement().asString().contains("\"Processed\":1", "\"Failed\":1");
    }

    @Test
    void handleWhenQueueBatchIsDoneNamesNoMessage() {
        String second = TRADE.replace("e-1", "e-2");

        assertThat(handle("r1", queue(envelope(TRADE), envelope(pack(second, "{\"event_id\":\"bad\"}")))))
                .isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(store.rows()).hasSize(2);
        assertThat(deadLetters.letters()).hasSize(1);
    }

    @Test
    void handleWhenEventsOfAQueueFailNamesTheirMessagesOnly() {
        deadLetters.failWith("queue gone");

        assertThat(handle(
                        "r1", queue(envelope("{\"event_id\":\"bad\"}"), envelope(TRADE), envelope(pack(TRADE, "{}")))))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-0\"},{\"itemIdentifier\":\"m-2\"}]}");
        assertThat(metricLines()).singleElement().asString().contains("\"Failed\":2");
    }

    @Test
    void handleWhenOneOfAPackIsRefusedStoresTheOthersAndDeadLettersAnEnvelopeOfItsOwn() {
        String bad = "{\"event_id\":\"bad\",\"event_time\":\"2013-10-07T08:00:00Z\",\"symbol\":\"BAC\"}";

        assertThat(handle("r1", envelope(pack(TRADE, bad, TRADE.replace("e-1", "e-3")))))
                .contains("\"outcomes\":[{\"event_id\":\"e-1\"", "\"event_id\":\"bad\"", "\"event_id\":\"e-3\"");
        assertThat(store.rows()).hasSize(2);
        assertThat(deadLetters.letters()).singleElement().satisfies(letter -> assertThat(
                        letter.envelope().text())
                .contains("\"detail\":" + bad)
                .doesNotContain("e-3"));
        String letter = deadLetters.letters().get(0).envelope().text();
        assertThat(handle("r2", letter)).contains("bad", "\"outcome\":\"REJECTED\"");
    }

    @Test
    void handleWhenAPackComesAgainAfterAPartialFailureStoresWhatIsMissing() {
        String payload = envelope(pack(TRADE, TRADE.replace("e-1", "e-2")));
        store.failWith("throttled");
        assertThatExceptionOfType(EventsFailedException.class).isThrownBy(() -> handle("r1", payload));
        store.recover();
        handle("r1", envelope(TRADE));

        handle("r1", payload);

        assertThat(store.rows()).hasSize(2);
        assertThat(audit.records())
                .filteredOn(record -> record.status() == AuditStatus.SUCCESS)
                .hasSize(2);
    }

    @Test
    void handleWhenEventsOfAPackHaveNoIdentityGivesEachItsPlace() {
        String nameless = TRADE.replace("\"event_id\":\"e-1\",", "");

        handle("r1", envelope(pack(nameless, nameless)));

        assertThat(store.rows()).extracting(row -> row.event().eventId()).containsExactly("env-1#0", "env-1#1");
    }

    @Test
    void handleWritesOneLinePerEventWithIdsOnly() {
        handle("r1", envelope(TRADE));

        assertThat(lines.get(0))
                .startsWith("{\"timestamp\":\"2026-11-22T20:15:01Z\",\"level\":\"INFO\",\"message\":\"event stored\","
                        + "\"requestId\":\"r1\",\"outcome\":\"SUCCESS\",\"eventId\":\"e-1\"")
                .doesNotContain("13.94");
        assertThat(lines).hasSize(3);
    }

    @Test
    void handleWhenLevelIsDebugWritesThePayloadAndWhenErrorNoStoredEvents() {
        handle(LogLevel.DEBUG, "r1", envelope(TRADE));
        assertThat(lines.get(0)).contains("\"level\":\"DEBUG\"", "13.9400");

        lines.clear();
        handle(LogLevel.ERROR, "r1", envelope(TRADE));
        assertThat(lines).allMatch(line -> line.contains("\"_aws\"") || line.contains("\"auditChain\""));
    }

    @Test
    void handleWritesTheHeadOfItsChainWhateverTheLevel() {
        handle(LogLevel.ERROR, "r1", envelope(TRADE));
        handle(LogLevel.ERROR, "r2", envelope(TRADE));

        List<AuditRecord> records = audit.records();
        assertThat(lines.stream().filter(line -> line.contains("auditChain")))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("\"number\":1,\"sha256\":\"" + ItemHash.sha256(records.get(0)) + "\""),
                        second -> assertThat(second)
                                .contains("\"number\":2,\"sha256\":\"" + ItemHash.sha256(records.get(1)) + "\"")
                                .doesNotContain("skipped"));
    }

    @Test
    void handleTellsInTheRecordWhoWroteItAndWhoPublished() {
        handle("r1", envelope(TRADE));

        assertThat(audit.records().get(0).details())
                .contains("\"source\":\"market.data\"", "\"received_at_ms\":" + NOW.toEpochMilli())
                .contains("\"function_version\":\"1\"", "\"log_stream\":\"stream\"");
    }

    @Test
    void handleWhenValuesForgeLinesKeepsEachLineOneObject() {
        String evil = "e\\n{\\\"level\\\":\\\"INFO\\\"}\u2028\u202e\u0085\\u001b[2J";
        String detail = "{\"event_id\":\"" + evil + "\",\"exchange\":\"" + evil + "\",\"price\":\"" + evil + "\"}";

        handle(LogLevel.DEBUG, "r1", envelope(detail));
        handle(LogLevel.DEBUG, "r1", evil);

        assertThat(lines).isNotEmpty().allSatisfy(MarketPipelineHandlerTest::assertOneJsonObject);
    }

    @Test
    void handleWritesOneMetricLinePerDetailTypeWithBothDimensionSets() {
        handle(
                "r1",
                "[" + envelope(TRADE) + "," + envelope(TRADE.replace("e-1", "e-2")) + ","
                        + envelope("Market Quote", TRADE.replace("\"price\"", "\"bid_price\"")) + ","
                        + envelope("Foreign \u00e4 type", "{}") + ",5]");

        assertThat(metricLines()).hasSize(3);
        assertThat(metricLines().get(1))
                .contains("\"Dimensions\":[[\"FunctionName\",\"DetailType\"],[\"FunctionName\"]]")
                .contains("\"FunctionName\":\"market-processor-test\",\"DetailType\":\"Trade Execution\"")
                .contains("\"Processed\":2,\"Duplicate\":0,\"Rejected\":0,\"Failed\":0")
                .contains("\"EventToStored\":[" + (NOW.toEpochMilli() - 1381132800614L));
        assertThat(metricLines().get(2))
                .contains("\"DetailType\":\"unknown\"", "\"Rejected\":2")
                .doesNotContain("EventToStored");
    }

    @Test
    void constructorNeedsNeitherNetworkNorCredentials() {
        List<ProcessorParts> given = new ArrayList<>();

        MarketPipelineHandler unused = new MarketPipelineHandler(parts -> {
            given.add(parts);
            return new MarketEventProcessor(parts);
        }) {};

        assertThat(given).singleElement().satisfies(parts -> assertThat(parts.environment())
                .isEqualTo("unknown"));
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void rehearsalNeedsNeitherNetworkNorCredentials(Client client) {
        Map<String, String> nowhere = Map.of("AWS_REGION", "us-east-1");

        Rehearsal.run(
                new FunctionLog(LogLevel.DEBUG, Clock.systemUTC(), new LineWriter(line -> lines.add(line.toString()))),
                client.open(nowhere));

        assertThat(lines).isEmpty();
    }
}
