package io.marketpipeline.maven.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.reconcile.AcceptedEvents.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedEventsTest {
    @TempDir
    Path folder;

    private AcceptedEvents read(String text) throws IOException {
        return AcceptedEvents.ofManifests(List.of(Files.writeString(folder.resolve("manifest.jsonl"), text)));
    }

    private static String line(String id, String sha256, String status) {
        return "{\"event_id\":\"" + id + "\",\"sha256\":\"" + sha256 + "\",\"status\":\"" + status + "\"}\n";
    }

    @Test
    void eventsThatWereNotAcceptedDoNotCount() throws Exception {
        AcceptedEvents events = read(line("a", "1", "accepted")
                + line("b", "2", "refused")
                + line("c", "3", "unknown")
                + line("a", "1", "accepted"));

        assertThat(events.size()).isEqualTo(1);
        assertThat(events.missing()).containsExactly("a");
    }

    @Test
    void firstFateIsTheStrongestOfAll() throws Exception {
        AcceptedEvents events = read(line("a", "1", "accepted"));
        events.became(Fate.REJECTED, "a", "1");
        events.became(Fate.STORED, "a", "1");
        events.became(Fate.REJECTED, "a", "1");
        events.became(Fate.DEAD_LETTER, "a", "1");

        assertThat(events.fates()).containsEntry(Fate.STORED, 1L).containsEntry(Fate.REJECTED, 0L);
        assertThat(events.missing()).isEmpty();
    }

    @Test
    void eventOfAManifestIsKnownByItsHashWhateverIdentityTheFunctionGaveIt() throws Exception {
        AcceptedEvents events = read(line("a", "1", "accepted") + line("b", "2", "accepted"));
        events.became(Fate.DEAD_LETTER, "Trade Execution|XNYS|b", "2");

        assertThat(events.missing()).containsExactly("a");
        assertThat(events.fates()).containsEntry(Fate.DEAD_LETTER, 1L);
    }

    @Test
    void eventsOfTheArchiveWithEqualDetailsAreToldApart() {
        AcceptedEvents events = AcceptedEvents.byIdentity();
        events.accept("envelope-1", "1");
        events.accept("envelope-2", "1");
        events.accept("envelope-2", "1");
        events.became(Fate.STORED, "envelope-1", "1");

        assertThat(events.size()).isEqualTo(2);
        assertThat(events.missing()).containsExactly("envelope-2");
    }

    @Test
    void manifestThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> AcceptedEvents.ofManifests(List.of(folder.resolve("none.jsonl"))))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("none.jsonl doesn't exist; -Dmanifest names files that publish wrote");
    }

    @Test
    void manifestWithHalfALineIsNamedWithTheLine() {
        assertThatThrownBy(() -> read(line("a", "1", "accepted") + "{\"event_id\":\"b"))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("manifest.jsonl, line 2, isn't JSON")
                .hasMessageContaining("remove that line");
    }

    /** All added up by a report of {@code redrive}, since no event of it counted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message_id\":\"m\",\"event_ids\":[\"a\"],\"outcomes\":[\"SUCCESS\"]}",
                "{\"auditChain\":{\"writerId\":\"w\",\"number\":1,\"sha256\":\"1\"}}",
                "{\"event_id\":\"a\",\"status\":\"accepted\"}",
                "{\"sha256\":\"1\",\"status\":\"accepted\"}",
                "\"accepted\""
            })
    void fileThatIsNoManifestIsRefusedByTheLine(String line) {
        assertThatThrownBy(() -> read(line("a", "1", "accepted") + line + "\n"))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("manifest.jsonl is none: line 2 isn't one that publish writes; -Dmanifest names");
    }

    @Test
    void fileWithoutALineIsRefused() {
        assertThatThrownBy(() -> read("\n"))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("manifest.jsonl is empty: it says of no event that the bus accepted it");
    }

    @Test
    void manifestOfRefusedAndMalformedRowsIsOne() throws Exception {
        assertThat(read(line("b", "2", "refused") + "{\"status\":\"malformed\",\"line\":3}\n")
                        .size())
                .isZero();
    }
}
