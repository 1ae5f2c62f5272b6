package io.marketpipeline.maven.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.DeadLetter;
import io.marketpipeline.maven.operate.LetterEvents;
import io.marketpipeline.schema.ItemHash;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.StoredEvent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant EVENT = Instant.parse("2026-11-20T14:30:00.123Z");
    private static final Instant RECEIVED = Instant.parse("2026-11-20T14:30:01.500Z");
    private static final QueueLook EMPTY_QUEUE = new QueueLook(0, true, Optional.empty());

    private final List<StoredEvent> rows = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<WaitingLetter> letters = new ArrayList<>();
    private final List<Published> published = new ArrayList<>();
    private QueueLook look = EMPTY_QUEUE;

    private void row(Instant expires) {
        rows.add(new StoredEvent(Map.of(
                "event_id",
                "e-1",
                "timestamp",
                number(EVENT.toEpochMilli()),
                "event_time_ns",
                number(456_789),
                "symbol",
                "BAC",
                "source",
                "market.data",
                "raw_sha256",
                "aa",
                "request_id",
                "r-1",
                "received_at_ms",
                number(RECEIVED.toEpochMilli()),
                "stored_at_ms",
                number(RECEIVED.toEpochMilli() + 20),
                "expiration_time",
                number(expires.getEpochSecond()))));
    }

    private void record(String status, Instant timestamp, Instant created, String details) {
        Map<String, Object> attributes = new HashMap<>(Map.of(
                "audit_id",
                "e-1#" + status,
                "timestamp",
                number(timestamp.toEpochMilli()),
                "event_id",
                "e-1",
                "event_type",
                "Trade Execution",
                "status",
                status,
                "request_id",
                "r-1",
                "raw_sha256",
                "aa",
                "created_at",
                number(created.getEpochSecond()),
                "details",
                details));
        attributes.put("writer_id", "w-1");
        attributes.put("chain_number", number(7));
        attempts.add(Attempt.of(new AuditEntry(attributes)));
    }

    private void success(Instant received) {
        record(
                "SUCCESS",
                EVENT,
                received,
                "{\"source\":\"market.data\",\"received_at_ms\":" + received.toEpochMilli() + "}");
    }

    private static BigDecimal number(long value) {
        return BigDecimal.valueOf(value);
    }

    private EventStory story() {
        return new EventStory(
                "dev",
                "e-1",
                NOW,
                new Gathering(rows, attempts, letters)
                        .versions(published, Configurations.minimal().ttl(), NOW),
                look);
    }

    private String text() {
        return String.join("\n", StoryText.of(story()));
    }

    private RowState.Where where() {
        return story().versions().get(0).state().where();
    }

    @Test
    void rowIsStoredUntilItExpires() {
        row(NOW.plusSeconds(60));
        success(RECEIVED);

        assertThat(text())
                .contains(
                        "Event e-1, Trade Execution of 2026-11-20T14:30:00.123456789Z",
                        "row        is stored, until 2026-11-29T12:01:00Z");
    }

    @Test
    void rowThatIsThereAfterItsTimeIsExpired() {
        row(NOW.minusSeconds(60));

        assertThat(where()).isEqualTo(RowState.Where.EXPIRED);
        assertThat(text()).contains("expired at 2026-11-29T11:59:00Z; DynamoDB hasn't deleted it yet");
    }

    @Test
    void rowThatIsGoneAfterItsTimeIsExpired() {
        success(NOW.minusSeconds(31L * 86_400));

        assertThat(where()).isEqualTo(RowState.Where.EXPIRED_AND_GONE);
    }

    /** It ISN'T THERE, ALTHOUGH ITS SUCCESS RECORD IS, said the story of a row that had expired. */
    @Test
    void rowThatIsGoneAfterItsTimeIsExpiredThoughItsRecordWasMadeUpForLater() {
        Instant stored = NOW.minusSeconds(31L * 86_400);
        Instant received = NOW.minusSeconds(21L * 86_400);
        record(
                "SUCCESS",
                EVENT,
                received,
                "{\"received_at_ms\":" + received.toEpochMilli()
                        + ",\"first_request_id\":\"r-0\",\"first_stored_at_ms\":" + stored.toEpochMilli() + "}");

        assertThat(where()).isEqualTo(RowState.Where.EXPIRED_AND_GONE);
        assertThat(text()).contains("expired at " + NOW.minusSeconds(86_400) + " by <ttl>");
    }

    /** It said that the first request left no record, or that it wasn't there yet; it may be elsewhere, or have expired. */
    @Test
    void successInPlaceOfAnothersSaysOnlyThatThereWasNoneUnderItsKey() {
        row(NOW.plusSeconds(60));
        record("SUCCESS", EVENT, RECEIVED, "{\"first_request_id\":\"r-0\"}");

        assertThat(text())
                .contains(
                        "SUCCESS: stored by request r-0; recorded by this request, as there was no record under this key");
    }

    @Test
    void successOfARetryNamesTheTryThatStoredTheRow() {
        row(NOW.plusSeconds(60));
        record("SUCCESS", EVENT, RECEIVED, "{\"first_stored_at_ms\":" + RECEIVED.toEpochMilli() + "}");

        assertThat(text()).contains("SUCCESS: stored by an earlier try at 2026-11-20T14:30:01.500Z");
    }

    /** The row of an event that came again after its first had expired was told as one that isn't what its record says. */
    @Test
    void rowThatWasStoredAgainIsHeldAgainstItsOwnRecord() {
        row(NOW.plusSeconds(60));
        Instant first = RECEIVED.minusSeconds(40L * 86_400);
        success(first);
        record(
                "SUCCESS",
                RECEIVED.plusMillis(20),
                RECEIVED,
                "{\"event_time_ms\":" + EVENT.toEpochMilli() + ",\"first_stored_at_ms\":"
                        + (RECEIVED.toEpochMilli() + 20) + "}");
        attempts.replaceAll(attempt ->
                Attempt.of(new AuditEntry(withRowHash(attempt.record().attributes(), attempt.at()))));

        assertThat(story().versions()).singleElement().satisfies(version -> {
            assertThat(version.attempts()).hasSize(2);
            assertThat(version.state().asRecorded()).contains(true);
        });
        assertThat(text()).contains("SUCCESS: stored again, as the row before it was gone");

        rows.clear();
        assertThat(where()).as("by the last record").isEqualTo(RowState.Where.MISSING);
    }

    private void ofAnotherRow(Instant created, Instant storedAt) {
        record(
                "SUCCESS",
                storedAt,
                created,
                "{\"event_time_ms\":" + EVENT.toEpochMilli() + ",\"first_request_id\":\"r-0\",\"first_stored_at_ms\":"
                        + storedAt.toEpochMilli() + "}");
    }

    /** It was told as stored again, though nothing but the difference of two rows is known. */
    @Test
    void rowThatWasAlteredAndThenRecordedIsNotToldAsStoredAgain() {
        row(NOW.plusSeconds(60));
        success(RECEIVED);
        ofAnotherRow(RECEIVED.plusSeconds(40L * 86_400), RECEIVED);

        assertThat(text())
                .contains("SUCCESS: a row other than the recorded one, stored by request r-0 at " + RECEIVED + ";")
                .doesNotContain("again");
    }

    @Test
    void rowOfAnotherHashIsToldAsStoredAgainOnceTheFirstsTimeWasOver() {
        Instant second = RECEIVED.plusSeconds(30L * 86_400);
        success(RECEIVED);
        ofAnotherRow(second, second.minusMillis(1));
        assertThat(text()).contains("a row other than the recorded one, stored").doesNotContain("again");

        attempts.remove(1);
        ofAnotherRow(second, second);
        assertThat(text())
                .contains("SUCCESS: stored again, as the row before it was gone, by request r-0 at " + second);
    }

    /** It said of the second record that the first wasn't there yet. */
    @Test
    void rowThatWasStoredAgainMayHaveTwoRecords() {
        row(NOW.plusSeconds(60));
        Instant stored = RECEIVED.plusMillis(20);
        ofAnotherRow(stored, stored);
        record(
                "SUCCESS",
                EVENT,
                stored.plusSeconds(86_400),
                "{\"first_request_id\":\"r-0\",\"first_stored_at_ms\":" + stored.toEpochMilli() + "}");
        attempts.replaceAll(attempt ->
                Attempt.of(new AuditEntry(withRowHash(attempt.record().attributes(), attempt.at()))));

        assertThat(story().versions())
                .singleElement()
                .satisfies(version -> assertThat(version.state().asRecorded()).contains(true));
        assertThat(text())
                .contains(
                        "SUCCESS: a row other than the recorded one, stored by request r-0 at " + stored,
                        "SUCCESS: stored by request r-0 at " + stored + "; recorded by this request");
    }

    private Map<String, Object> withRowHash(Map<String, Object> attributes, Instant at) {
        Map<String, Object> copy = new HashMap<>(attributes);
        copy.put(
                "row_sha256",
                at.isBefore(RECEIVED.minusSeconds(1))
                        ? "of the first row"
                        : ItemHash.sha256(rows.get(0).attributes()));
        return copy;
    }

    @Test
    void rowThatIsGoneBeforeItsTimeIsMissing() {
        success(RECEIVED);

        assertThat(where()).isEqualTo(RowState.Where.MISSING);
        assertThat(text()).contains("ISN'T THERE, ALTHOUGH ITS SUCCESS RECORD IS");
    }

    @Test
    void rowThatIsNotWhatItsRecordSaysIsTold() {
        row(NOW.plusSeconds(60));
        success(RECEIVED);
        attempts.set(
                0,
                Attempt.of(new AuditEntry(withRowHash(attempts.get(0).record().attributes()))));

        assertThat(text()).contains("IT ISN'T THE ROW THAT ITS SUCCESS RECORD SAYS");
    }

    private static Map<String, Object> withRowHash(Map<String, Object> attributes) {
        Map<String, Object> copy = new HashMap<>(attributes);
        copy.put("row_sha256", "of another row");
        return copy;
    }

    @Test
    void attemptsAreToldInTheOrderOfTime() {
        record("DUPLICATE", NOW, NOW, "{\"event_time_ms\":" + EVENT.toEpochMilli() + ",\"first_request_id\":\"r-0\"}");
        record(
                "ERROR",
                RECEIVED.minusSeconds(5),
                RECEIVED,
                "{\"event_time_ms\":" + EVENT.toEpochMilli() + ",\"error\":\"the table is gone\"}");
        row(NOW.plusSeconds(60));
        success(RECEIVED);

        assertThat(text())
                .containsSubsequence(
                        "2026-11-20T14:29:56.500Z  ERROR: the table is gone",
                        "2026-11-20T14:30:01.500Z  received, request r-1",
                        "2026-11-20T14:30:01.520Z  stored, request r-1",
                        "2026-11-20T14:30:01.520Z  SUCCESS: stored",
                        "writer w-1 number 7, sha256 aa",
                        "2026-11-29T12:00:00Z      DUPLICATE: stored before by request r-0");
    }

    @Test
    void undeliveredEventSaysWhoGaveItUp() {
        record(
                "UNDELIVERED",
                RECEIVED,
                NOW,
                "{\"reason\":\"THROTTLING\",\"sender\":\"EventBridge\",\"rule\":\"trade-events-rule-dev\","
                        + "\"event_time_ms\":" + EVENT.toEpochMilli() + ",\"written_by\":\"redrive\"}");

        assertThat(text())
                .contains("row        was never stored")
                .contains("UNDELIVERED: never came to the function; given up by EventBridge, THROTTLING,"
                        + " rule trade-events-rule-dev, recorded by redrive");
    }

    /** It said that the event never came to the function, which had stored it and could write no record. */
    @Test
    void undeliveredEventOfTheQueueMayHaveComeToTheFunction() {
        record(
                "UNDELIVERED",
                RECEIVED,
                NOW,
                "{\"reason\":\"receives_used_up\",\"sender\":\"queue\",\"event_time_ms\":" + EVENT.toEpochMilli()
                        + "}");

        assertThat(text())
                .contains("UNDELIVERED: the function left no record of it; given up by queue, receives_used_up");
    }

    /** It was told as a second event that was never stored. */
    @Test
    void refusalThatMovedOnBelongsToItsEvent() {
        row(NOW.plusSeconds(60));
        record("REJECTED", EVENT, RECEIVED, "{\"received_at_ms\":" + RECEIVED.toEpochMilli() + "}");
        record("REJECTED", EVENT.plusMillis(2345), RECEIVED, "{\"event_time_ms\":" + EVENT.toEpochMilli() + "}");

        assertThat(story().versions()).singleElement().satisfies(version -> assertThat(version.attempts())
                .hasSize(2));
    }

    @Test
    void undeliveredEventThatTimedOutCameToTheFunction() {
        record(
                "UNDELIVERED",
                RECEIVED,
                NOW,
                "{\"reason\":\"function_error 200\",\"sender\":\"Lambda\",\"event_time_ms\":" + EVENT.toEpochMilli()
                        + "}");

        assertThat(text())
                .contains("UNDELIVERED: the function left no record of it; given up by Lambda, function_error 200");
    }

    @Test
    void recordWithoutTimeBelongsToTheVersionOfItsContent() {
        row(NOW.plusSeconds(60));
        record("ERROR", RECEIVED, RECEIVED, "not JSON");
        published.add(published("aa"));

        assertThat(story().versions()).singleElement().satisfies(version -> {
            assertThat(version.attempts()).hasSize(1);
            assertThat(version.published()).hasSize(1);
        });
        assertThat(text()).contains("published: the bus accepted it as entry n-1");
    }

    @Test
    void publishedEventOfWhichNothingElseIsKnownIsToldApart() {
        published.add(published("zz"));

        assertThat(text())
                .contains("Event e-1, of unknown type of an unknown time", "was never stored", "as entry n-1");
    }

    private static Published published(String sha256) {
        return new Published(
                Path.of("manifest.jsonl"),
                "e-1",
                sha256,
                "accepted",
                Optional.of("n-1"),
                Optional.of(RECEIVED.minusSeconds(1)),
                Optional.empty());
    }

    @Test
    void letterOfAPackSaysWhatElseItHolds() {
        DeadLetter letter = new DeadLetter(
                "m",
                Map.of("RequestID", "r", "ErrorCode", "200"),
                Map.of("SentTimestamp", "1000"),
                "{\"id\":\"n-1\",\"time\":\"2026-11-20T14:30:00Z\",\"source\":\"market.data\",\"account\":\"1\","
                        + "\"detail-type\":\"Trade Execution\",\"detail\":{\"events\":[{\"event_id\":\"e-1\"},"
                        + "{\"event_id\":\"e-2\"}]}}");
        LetterEvents.Identified event =
                new LetterEvents(Configurations.minimal()).of(letter).get(0);
        letters.add(new WaitingLetter(letter, event, 1));

        assertThat(text())
                .contains(
                        "published  by market.data, account 1",
                        "waits      in the dead-letter queue, by Lambda: function_error 200, received 0 times,"
                                + " together with 1 other events",
                        "entry n-1#0, which the bus took at 2026-11-20T14:30:00Z");
    }

    @Test
    void contentThatTriesToForgeALineStaysInItsLine() {
        record(
                "ERROR",
                RECEIVED,
                RECEIVED,
                "{\"event_time_ms\":" + EVENT.toEpochMilli() + ",\"error\":\"a\\n2026 SUCCESS: stored\\u001b[2J\"}");

        assertThat(StoryText.of(story()))
                .noneMatch(line -> line.startsWith("2026"))
                .anyMatch(line -> line.endsWith("ERROR: a\\u000a2026 SUCCESS: stored\\u001b[2J"));
    }

    @Test
    void nothingKnownIsSaidWithHowFarWasLooked() {
        look = new QueueLook(1000, false, Optional.empty());

        assertThat(text())
                .isEqualTo("Nothing is known of event e-1 in environment dev: no row, no audit record, no line of a"
                        + " manifest; none of 1000 in the queue is this event's; there are more, which weren't"
                        + " looked at");
    }

    @Test
    void queueThatMayNotBeReadIsTold() {
        row(NOW.plusSeconds(60));
        look = new QueueLook(0, false, Optional.of("not authorized to perform: sqs:ReceiveMessage"));

        assertThat(text()).contains("waits      the queue couldn't be looked at: not authorized");
    }

    @Test
    void manifestIsSearchedByIdentityAndContent(@TempDir Path directory) throws Exception {
        Path manifest = directory.resolve("manifest.jsonl");
        Files.writeString(
                manifest,
                """
                {"event_id":"e-1","sha256":"aa","status":"accepted","entry_id":"n-1","sent_at_ms":1000}
                {"event_id":"other","sha256":"bb","status":"refused","code":"Throttled","message":"slow down"}
                {"event_id":"other","sha256":"cc","status":"accepted"}
                {"status":"malformed","line":3}
                {"event_id":"e-1","sha2""");

        assertThat(ManifestSearch.of(List.of(manifest), "e-1", Set.of("bb")))
                .extracting(Published::status, event -> event.reason().orElse(""))
                .containsExactly(tuple("accepted", ""), tuple("refused", "Throttled slow down"));
        assertThatThrownBy(() -> ManifestSearch.of(List.of(directory.resolve("none.jsonl")), "e-1", Set.of()))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("none.jsonl doesn't exist; -Dmanifest names files");
    }
}
