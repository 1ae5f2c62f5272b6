package io.marketpipeline.maven.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.maven.config.UserFixableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportedHeadsTest {
    @TempDir
    Path folder;

    @Test
    void headIsTheLineThatSaysSo() throws Exception {
        Path report = Files.writeString(
                folder.resolve("redrive.jsonl"),
                """
                {"message_id":"m","event_ids":["auditChain"],"sender":"Lambda","outcomes":["SUCCESS"],"deleted":true}
                {"auditChain":{"writerId":"w","number":3,"sha256":"s","skipped":[2]}}
                """);
        List<ChainHead> heads = new ArrayList<>();
        ReportedHeads.each(List.of(report), heads::add);

        assertThat(heads).containsExactly(new ChainHead("w", 3, "s", List.of(2L)));
    }

    @Test
    void reportThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ReportedHeads.each(List.of(folder.resolve("none.jsonl")), head -> {}))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("none.jsonl doesn't exist; -DredriveReport names files that redrive wrote");
    }
}
