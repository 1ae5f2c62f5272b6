package io.marketpipeline.maven.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.AuditConfig;
import io.marketpipeline.maven.config.TtlConfig;
import io.marketpipeline.maven.reconcile.AcceptedEvents.Fate;
import io.marketpipeline.maven.reconcile.Finding.Kind;
import io.marketpipeline.schema.ItemHash;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
    private static final String RAW_SHA256 =
            "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"; // {"a":1}

    private final RowCheck check = check(OptionalInt.of(30), new TimeRange(Optional.empty(), Optional.empty()));

    private static RowCheck check(OptionalInt ttlDays, TimeRange range) {
        return new RowCheck(
                range,
                new TtlConfig(ttlDays, List.of()),
                new AuditConfig(AuditConfig.OnFailure.FAIL, OptionalInt.empty()),
                NOW);
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

    private List<Kind> kinds() throws java.io.IOException {
        check.finish(AcceptedEvents.of(List.of()));
        return check.findings().stream().map(Finding::kind).toList();
    }

    @Test
    void rowThatIsWhatItsRecordSaysIsFine() throws Exception {
        check.success(success(NOW));
        check.row(row());

        assertThat(kinds()).isEmpty();
        assertThat(check.rows()).isEqualTo(1);
    }

    @Test
    void rowWhenAnAttributeIsAlteredIsFound() throws Exception {
        check.success(success(NOW));
        Map<String, Object> altered = row();
        altered.put("price", new BigDecimal("13.88"));
        check.row(altered);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    @Test
    void rowWhenOnlyItsRawDataIsAlteredIsFoundWithoutAHashOfTheRow() throws Exception {
        Map<String, Object> record = new HashMap<>(success(NOW));
        record.remove("row_sha256");
        check.success(record);
        Map<String, Object> altered = row();
        altered.put("raw_data", "{\"a\":2}");
        check.row(altered);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    @Test
    void rowWithoutARecordIsFound() throws Exception {
        check.row(row());

        assertThat(kinds()).containsExactly(Kind.ROW_UNAUDITED);
    }

    @Test
    void rowOfTheTerraformOriginalHasNoHashAndIsCountedApart() throws Exception {
        Map<String, Object> row = row();
        row.remove("raw_sha256");
        check.row(row);

        assertThat(kinds()).isEmpty();
        assertThat(check.inherited()).isEqualTo(1);
    }

    @Test
    void rowWhenStrippedOfItsHashIsStillHeldAgainstItsRecord() throws Exception {
        check.success(success(NOW));
        Map<String, Object> row = row();
        row.remove("raw_sha256");
        check.row(row);

        assertThat(kinds()).containsExactly(Kind.ROW_ALTERED);
    }

    @Test
    void recordWithoutItsRowIsFound() throws Exception {
        check.success(success(NOW.minus(Duration.ofDays(29))));

        assertThat(kinds()).containsExactly(Kind.ROW_DELETED);
    }

    @Test
    void recordWhoseRowMayHaveExpiredIsNoFinding(@TempDir Path folder) throws Exception {
        Path manifest = Files.writeString(
                folder.resolve("manifest.jsonl"),
                "{\"event_id\":\"e1\",\"sha256\":\"" + RAW_SHA256 + "\",\"status\":\"accepted\"}\n");
        AcceptedEvents accepted = AcceptedEvents.of(List.of(manifest));
        check.success(success(NOW.minus(Duration.ofDays(30))));
        check.finish(accepted);

        assertThat(check.findings()).isEmpty();
        assertThat(accepted.fates()).containsEntry(Fate.EXPIRED, 1L);
    }

    @Test
    void rowsThatNeverExpireMustBeThere() throws Exception {
        RowCheck forEver = check(OptionalInt.empty(), new TimeRange(Optional.empty(), Optional.empty()));
        forEver.success(success(Instant.EPOCH));
        forEver.finish(AcceptedEvents.of(List.of()));

        assertThat(forEver.findings()).extracting(Finding::kind).containsExactly(Kind.ROW_DELETED);
    }

    @Test
    void rangeLeavesOthersAlone() throws Exception {
        RowCheck later =
                check(OptionalInt.of(30), new TimeRange(Optional.of(Instant.ofEpochMilli(1001)), Optional.empty()));
        later.row(row());
        later.success(success(NOW));
        later.finish(AcceptedEvents.of(List.of()));

        assertThat(later.findings()).isEmpty();
        assertThat(later.rows()).isZero();
    }
}
