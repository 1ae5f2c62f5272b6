package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleStackListenerTest {
    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

    @Test
    void eventWhenResourceIsDoneShowsHowLongItTook() {
        StackListener listener = listener(false);

        listener.event(event("Table", "CREATE_IN_PROGRESS", 0, ""));
        listener.event(event("Table", "CREATE_COMPLETE", 12, ""));

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("+ created")
                .contains("Table")
                .endsWith("12 s");
    }

    @Test
    void elapsedWithoutTerminalWritesNothing() {
        StackListener listener = listener(false);

        listener.event(event("Table", "CREATE_IN_PROGRESS", 0, ""));
        listener.elapsed(Duration.ofSeconds(5));

        assertThat(lines).isEmpty();
        assertThat(raw.size()).isZero();
    }

    @Test
    void elapsedOnTerminalShowsWhatIsUnderWay() {
        StackListener listener = listener(true);

        listener.event(event("Table", "CREATE_IN_PROGRESS", 0, ""));
        listener.elapsed(Duration.ofSeconds(15));

        assertThat(raw.toString(StandardCharsets.UTF_8)).contains("15 s  Table");
    }

    @Test
    void changesWhenOneIsAReplacementWarns() {
        listener(false)
                .changes(List.of(
                        new Change(Change.Kind.REPLACE, "Table", "AWS::DynamoDB::Table", List.of("KeySchema"))));

        assertThat(lines).hasSize(2).last().asString().contains("are replaced");
    }

    private StackListener listener(boolean terminal) {
        return new ConsoleStackListener(Console.of(
                lines::add, lines::add, new PrintStream(raw, true, StandardCharsets.UTF_8), terminal, false));
    }

    private static ResourceEvent event(String logicalId, String status, long second, String reason) {
        return new ResourceEvent(
                logicalId + status,
                Instant.ofEpochSecond(second),
                logicalId,
                "name",
                "AWS::DynamoDB::Table",
                status,
                reason);
    }
}
