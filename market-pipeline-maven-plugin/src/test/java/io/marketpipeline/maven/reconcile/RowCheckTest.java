package io.marketpipeline.maven.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.event.EventDecoder;
import io.marketpipeline.event.RawData;
import io.marketpipeline.maven.reconcile.Finding.Kind;
import io.marketpipeline.schema.ItemHash;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RowCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
    private static final String RAW_SHA256 =
            "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"; // {"a":1}

    private final RowCheck check = check(OptionalInt.of(30), TimeRange.ALL);

    private static RowCheck check(OptionalInt ttlDays, TimeRange range) {
        return new RowCheck(range, ttlDays, OptionalInt.empty(), new RawDataCheck(EventDecoder.ofDefaults()), NOW);
    }

    private static Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>();
        row.put("event_id", "e1");
        row.put("timestamp", new BigDecimal("1000"));
        row.put("price", new BigDecimal("13.87"));
        row.put("raw_data", "{\"a\":1}");
        row.put("raw_sha256", RAW_SHA256);
        row.put("stored_at_ms", BigDecimal.valueOf(NOW.toEpochMilli()));
        return row;
    }

    private static Map<String, Object> success(Instant created) {
        return Map.of(
                "event_id",
                "e1",
                "timestamp",
                new BigDecimal("1000"),
                "row_sha256",
                ItemHash.sha256(row()),
                "raw_sha256",
                RAW_SHA256,
                "created_at",
                BigDecimal.valueOf(created.getEpochSecond()));
    }

    private List<Kind> kinds() {
        check.finish();
        return check.findings().stream().map(Finding::kind).toList();
    }

    @Test
    void rowThatIsWhatItsRecordSaysIsFine() {
        check.success(success(NOW));
        check.row(row());

        assertThat(kinds()).isEmpty();
        assertThat(check.rows()).isEqualTo(1);
    }

    @Test
    void rowWhenAnAttributeIsAlteredIsFound() {
        check.success(success(NOW));
        Map<String, Object> altered = row();
        altered.put("price", new BigDecimal("13.88"));
        check.row(altered);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    @Test
    void rowWhenOnlyItsRawDataIsAlteredIsFoundWithoutAHashOfTheRow() {
        Map<String, Object> record = new HashMap<>(success(NOW));
        record.remove("row_sha256");
        check.success(record);
        Map<String, Object> altered = row();
        altered.put("raw_data", "{\"a\":2}");
        check.row(altered);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    @Test
    void rowWithoutARecordIsFound() {
        check.row(row());

        assertThat(kinds()).containsExactly(Kind.ROW_UNAUDITED);
    }

    @Test
    void rowOfTheTerraformOriginalHasNoHashAndIsCountedApart() {
        Map<String, Object> row = row();
        row.remove("raw_sha256");
        check.row(row);

        assertThat(kinds()).isEmpty();
        assertThat(check.inherited()).isEqualTo(1);
    }

    @Test
    void rowWhenStrippedOfItsHashIsStillHeldAgainstItsRecord() {
        check.success(success(NOW));
        Map<String, Object> row = row();
        row.remove("raw_sha256");
        check.row(row);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    @Test
    void recordWithoutItsRowIsFound() {
        check.success(success(NOW.minus(Duration.ofDays(29))));

        assertThat(kinds()).containsExactly(Kind.ROW_DELETED);
    }

    @Test
    void recordWhoseRowMayHaveExpiredIsNoFinding() {
        Map<String, Object> record = success(NOW.minus(Duration.ofDays(30)));
        check.success(record);

        assertThat(kinds()).isEmpty();
        assertThat(check.mayHaveExpired(record)).isTrue();
        assertThat(check.mayHaveExpired(success(NOW.minus(Duration.ofDays(29)))))
                .isFalse();
    }

    @Test
    void recordOutsideOfTheRangeStillTellsThatItsRowMayHaveExpired() {
        RowCheck later =
                check(OptionalInt.of(30), new TimeRange(Optional.of(Instant.ofEpochMilli(1001)), Optional.empty()));

        assertThat(later.mayHaveExpired(success(NOW.minus(Duration.ofDays(30)))))
                .isTrue();
    }

    /** A trade, as the function stores it {@code storedAt}. */
    private static Map<String, Object> trade(Instant storedAt) {
        String raw = "{\"event_id\":\"e1\",\"symbol\":\"BAC\",\"exchange\":\"XNYS\",\"price\":13.870,\"volume\":100}";
        Map<String, Object> trade = row();
        trade.put("detail_type", "Trade Execution");
        trade.put("source", "market.data");
        trade.put("symbol", "BAC");
        trade.put("exchange", "XNYS");
        trade.put("volume", new BigDecimal("100"));
        trade.put("raw_data", raw);
        trade.put("raw_sha256", RawData.of(raw).sha256());
        trade.put("stored_at_ms", BigDecimal.valueOf(storedAt.toEpochMilli()));
        return trade;
    }

    /** Its record. */
    private static Map<String, Object> successOf(Map<String, Object> trade, Instant created) {
        Map<String, Object> record = new HashMap<>(success(created));
        record.put("row_sha256", ItemHash.sha256(trade));
        record.put("raw_sha256", Objects.requireNonNull(trade.get("raw_sha256")));
        return record;
    }

    @Test
    void rowThatIsStoredAgainAfterItExpiredIsNoFinding() {
        Instant first = NOW.minus(Duration.ofDays(40));
        check.success(successOf(trade(first), first));
        check.row(trade(NOW.minus(Duration.ofDays(5))));

        assertThat(kinds()).isEmpty();
        assertThat(check.storedAgain()).isEqualTo(1);
    }

    @Test
    void rowThatIsStoredAgainBeforeItCanHaveExpiredTellsThatTheFirstWasDeleted() {
        Instant first = NOW.minus(Duration.ofDays(20));
        check.success(successOf(trade(first), first));
        check.row(trade(NOW.minus(Duration.ofDays(5))));

        assertThat(kinds()).containsExactly(Kind.ROW_STORED_AGAIN);
    }

    @Test
    void rowThatIsStoredAgainAndThenAlteredIsFoundByItsRawData() {
        Instant first = NOW.minus(Duration.ofDays(40));
        check.success(successOf(trade(first), first));
        Map<String, Object> altered = trade(NOW.minus(Duration.ofDays(5)));
        altered.put("price", new BigDecimal("13.88"));
        check.row(altered);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
        assertThat(check.findings().get(0).message()).isEqualTo("its price isn't that of its raw_data");
    }

    @Test
    void rowThatOnlySaysSoIsNotStoredAgainIfItsRawDataIsAnothers() {
        Instant first = NOW.minus(Duration.ofDays(40));
        check.success(successOf(trade(first), first));
        Map<String, Object> other = trade(NOW.minus(Duration.ofDays(5)));
        String raw = String.valueOf(other.get("raw_data")).replace("13.870", "13.880");
        other.put("raw_data", raw);
        other.put("raw_sha256", RawData.of(raw).sha256());
        other.put("price", new BigDecimal("13.88"));
        check.row(other);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    /** A record that was made up for when its row had been there for a while. */
    private static Map<String, Object> madeUpFor(Map<String, Object> record, Instant stored) {
        Map<String, Object> madeUpFor = new HashMap<>(record);
        madeUpFor.put(
                "details",
                "{\"first_request_id\":\"r\",\"first_stored_at_ms\":" + stored.toEpochMilli() + ",\"price\":1}");
        return madeUpFor;
    }

    /** It was {@code ROW_DELETED}, and its event {@code EVENT_MISSING}. */
    @Test
    void rowThatExpiredBeforeTheRecordThatWasMadeUpForItIsOldEnoughIsNoFinding() {
        Map<String, Object> record = madeUpFor(success(NOW.minus(Duration.ofDays(21))), NOW.minus(Duration.ofDays(31)));
        check.success(record);

        assertThat(kinds()).isEmpty();
        assertThat(check.mayHaveExpired(record)).isTrue();
    }

    /** It was {@code ROW_STORED_AGAIN}. */
    @Test
    void rowThatIsStoredAgainAfterOneWhoseRecordWasMadeUpForIsNoFinding() {
        Instant first = NOW.minus(Duration.ofDays(40));
        check.success(madeUpFor(successOf(trade(first), NOW.minus(Duration.ofDays(30))), first));
        check.row(trade(NOW.minus(Duration.ofDays(5))));

        assertThat(kinds()).isEmpty();
        assertThat(check.storedAgain()).isEqualTo(1);
    }

    @Test
    void rowBetweenItsStoringAndTheRecordThatWasMadeUpForItIsTheOneThatTheRecordSays() {
        Instant first = NOW.minus(Duration.ofDays(40));
        check.success(madeUpFor(successOf(trade(first), NOW.minus(Duration.ofDays(3))), first));
        check.row(trade(NOW.minus(Duration.ofDays(5))));

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    /** The record of a row that was stored again, as the function writes it. */
    private static Map<String, Object> again(Map<String, Object> row) {
        BigDecimal storedAt = (BigDecimal) Objects.requireNonNull(row.get("stored_at_ms"));
        Map<String, Object> record = successOf(row, Instant.ofEpochMilli(storedAt.longValueExact()));
        record.put("timestamp", storedAt);
        record.put("details", "{\"event_time_ms\":1000,\"first_stored_at_ms\":" + storedAt + "}");
        return record;
    }

    /** It was {@code ROW_UNAUDITED} as soon as the first row's record had expired. */
    @Test
    void rowThatIsStoredAgainHasItsOwnRecordWhenTheFirstHasExpired() {
        Map<String, Object> second = trade(NOW.minus(Duration.ofDays(5)));
        check.success(again(second));
        check.row(second);

        assertThat(kinds()).isEmpty();
        assertThat(check.storedAgain()).isEqualTo(1);
    }

    @Test
    void rowThatIsStoredAgainIsFineBesideTheRecordOfTheFirst() {
        Instant first = NOW.minus(Duration.ofDays(70));
        Map<String, Object> second = trade(NOW.minus(Duration.ofDays(36)));
        Map<String, Object> third = trade(NOW.minus(Duration.ofDays(5)));
        check.success(again(third));
        check.success(successOf(trade(first), first));
        check.success(again(second));
        check.row(third);

        assertThat(kinds()).isEmpty();
        assertThat(check.storedAgain()).isEqualTo(1);
    }

    /** What the raw data doesn't say could be changed unseen in a second row. */
    @Test
    void rowThatIsStoredAgainAndThenAlteredIsFoundByItsOwnRecord() {
        Instant first = NOW.minus(Duration.ofDays(40));
        Map<String, Object> second = trade(NOW.minus(Duration.ofDays(5)));
        check.success(successOf(trade(first), first));
        check.success(again(second));
        second.put("desk", "another");
        check.row(second);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
        assertThat(check.findings().get(0).message())
                .isEqualTo("its attributes aren't those whose hash the SUCCESS record of its second storing has");
    }

    /** The function writes a record for whatever row it finds, so that an altered one gets one when the event comes again. */
    @Test
    void rowThatIsAlteredAndThenRecordedIsStillFound() {
        Instant stored = NOW.minus(Duration.ofDays(5));
        Map<String, Object> row = trade(stored);
        check.success(successOf(row, stored));
        Map<String, Object> altered = trade(stored);
        altered.put("price", new BigDecimal("13.88"));
        check.success(again(altered));
        check.row(altered);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    @Test
    void rowThatIsAlteredAndRecordedIsFoundByItsRawDataWhenTheFirstRecordHasExpired() {
        Map<String, Object> altered = trade(NOW.minus(Duration.ofDays(5)));
        altered.put("price", new BigDecimal("13.88"));
        check.success(again(altered));
        check.row(altered);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    @Test
    void rowThatIsStoredAgainBeforeTheSecondCanHaveExpiredTellsThatThatWasDeleted() {
        Instant first = NOW.minus(Duration.ofDays(70));
        Map<String, Object> second = trade(NOW.minus(Duration.ofDays(20)));
        Map<String, Object> third = trade(NOW.minus(Duration.ofDays(5)));
        check.success(successOf(trade(first), first));
        check.success(again(second));
        check.success(again(third));
        check.row(third);

        assertThat(kinds()).containsExactly(Kind.ROW_STORED_AGAIN);
    }

    /** It passed: only the record under the event's time was looked at, which had been written for the altered row. */
    @Test
    void rowThatIsStoredAgainAndAlteredIsFoundThoughItIsRecordedAnewOnceTheFirstRecordIsGone() {
        Instant stored = NOW.minus(Duration.ofDays(5));
        Map<String, Object> altered = trade(stored);
        altered.put("desk", "another");
        check.success(again(trade(stored)));
        check.success(madeUpFor(successOf(altered, NOW.minus(Duration.ofDays(1))), stored));
        check.row(altered);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    @Test
    void rowThatIsStoredAgainIsFineWithASecondRecordOnceTheFirstIsGone() {
        Instant stored = NOW.minus(Duration.ofDays(5));
        check.success(madeUpFor(successOf(trade(stored), NOW.minus(Duration.ofDays(1))), stored));
        check.success(again(trade(stored)));
        check.row(trade(stored));

        assertThat(kinds()).isEmpty();
        assertThat(check.storedAgain()).isEqualTo(1);
    }

    /** The record under the event's time was taken for the first row's, and hidden by the second's. */
    @Test
    void thirdRowWhoseRecordIsUnderTheEventTimeAgainIsFine() {
        Instant stored = NOW.minus(Duration.ofDays(5));
        check.success(again(trade(NOW.minus(Duration.ofDays(40)))));
        check.success(successOf(trade(stored), stored));
        check.row(trade(stored));

        assertThat(kinds()).isEmpty();
        assertThat(check.storedAgain()).isEqualTo(1);
    }

    @Test
    void thirdRowWhoseRecordIsUnderTheEventTimeAgainIsFoundWhenAltered() {
        Instant stored = NOW.minus(Duration.ofDays(5));
        check.success(again(trade(NOW.minus(Duration.ofDays(40)))));
        check.success(successOf(trade(stored), stored));
        Map<String, Object> altered = trade(stored);
        altered.put("my_own", "altered");
        check.row(altered);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
        assertThat(check.findings().get(0).message())
                .isEqualTo("its attributes aren't those whose hash its SUCCESS record has");
    }

    @Test
    void thirdRowWhoseRecordIsUnderTheEventTimeAgainIsFoundWhenDeletedEarly() {
        Instant stored = NOW.minus(Duration.ofDays(5));
        check.success(again(trade(NOW.minus(Duration.ofDays(40)))));
        check.success(successOf(trade(stored), stored));

        assertThat(kinds()).containsExactly(Kind.ROW_DELETED);
        assertThat(check.findings().get(0).message()).contains("its SUCCESS record of " + stored + " is there");
    }

    /** A row that goes back to what the first one was is still not the one that was stored last. */
    @Test
    void firstRowInPlaceOfTheSecondIsFound() {
        Instant first = NOW.minus(Duration.ofDays(40));
        check.success(successOf(trade(first), first));
        check.success(again(trade(NOW.minus(Duration.ofDays(5)))));
        check.row(trade(first));

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    @Test
    void rowThatIsPutBackAfterItWasRecordedAlteredStillTellsOfThatRecord() {
        Instant stored = NOW.minus(Duration.ofDays(5));
        Map<String, Object> altered = trade(stored);
        altered.put("price", new BigDecimal("13.88"));
        check.success(successOf(trade(stored), stored));
        check.success(again(altered));
        check.row(trade(stored));

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
        assertThat(check.findings().get(0).message())
                .as("there was no second storing")
                .isEqualTo("its attributes aren't those whose hash its SUCCESS record has");
    }

    @Test
    void recordOfASecondStoringWithoutItsRowIsFoundOnce() {
        Instant first = NOW.minus(Duration.ofDays(40));
        check.success(successOf(trade(first), first));
        check.success(again(trade(NOW.minus(Duration.ofDays(5)))));

        assertThat(kinds()).containsExactly(Kind.ROW_DELETED);
        assertThat(check.findings().get(0).subject()).isEqualTo("e1 at 1000");
    }

    @Test
    void recordOfASecondStoringWhoseRowMayHaveExpiredIsNoFinding() {
        Map<String, Object> second = trade(NOW.minus(Duration.ofDays(30)));
        check.success(again(second));

        assertThat(kinds()).isEmpty();
    }

    private static Map<String, Object> at(long timestamp, Map<String, Object> record) {
        record.put("timestamp", BigDecimal.valueOf(timestamp));
        return record;
    }

    @Test
    void rowWhoseMadeUpRecordIsYoungMustStillBeThereForItsTime() {
        Instant created = NOW.minus(Duration.ofDays(1));
        check.success(madeUpFor(success(created), NOW.minus(Duration.ofDays(29))));
        check.success(at(1, madeUpFor(success(created), NOW.plus(Duration.ofDays(9)))));
        Map<String, Object> broken = at(2, madeUpFor(success(created), Instant.EPOCH));
        broken.put("details", "{\"first_stored_at_ms\":0");
        check.success(broken);

        assertThat(kinds()).containsExactly(Kind.ROW_DELETED, Kind.ROW_DELETED, Kind.ROW_DELETED);
    }

    @Test
    void rowsThatNeverExpireMustBeThere() {
        RowCheck forEver = check(OptionalInt.empty(), TimeRange.ALL);
        forEver.success(success(Instant.EPOCH));
        forEver.finish();

        assertThat(forEver.findings()).extracting(Finding::kind).containsExactly(Kind.ROW_DELETED);
    }

    @Test
    void rangeLeavesOthersAlone() {
        RowCheck later =
                check(OptionalInt.of(30), new TimeRange(Optional.of(Instant.ofEpochMilli(1001)), Optional.empty()));
        later.row(row());
        later.success(success(NOW));
        later.finish();

        assertThat(later.findings()).isEmpty();
        assertThat(later.rows()).isZero();
    }
}
