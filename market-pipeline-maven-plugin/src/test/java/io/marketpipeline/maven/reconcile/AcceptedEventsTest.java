package io.marketpipeline.maven.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.reconcile.AcceptedEvents.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptedEventsTest {
    @TempDir
    Path folder;

    private AcceptedEvents read(String text) throws IOException {
        return AcceptedEvents.of(List.of(Files.writeString(folder.resolve("manifest.jsonl"), text)));
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
        events.became(Fate.REJECTED, "1");
        events.became(Fate.STORED, "1");
        events.became(Fate.REJECTED, "1");
        events.deadLetters(Set.of("a"));

        assertThat(events.fates()).containsEntry(Fate.STORED, 1L).containsEntry(Fate.REJECTED, 0L);
        assertThat(events.missing()).isEmpty();
    }

    @Test
    void deadLetterIsKnownByTheIdentity() throws Exception {
        AcceptedEvents events = read(line("a", "1", "accepted") + line("b", "2", "accepted"));
        events.deadLetters(Set.of("b"));

        assertThat(events.missing()).containsExactly("a");
        assertThat(events.fates()).containsEntry(Fate.DEAD_LETTER, 1L);
    }

    @Test
    void manifestThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> AcceptedEvents.of(List.of(folder.resolve("none.jsonl"))))
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
}
