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
                .changes(List.of(new Change(
                        Change.Kind.REPLACE,
                        "Table",
                        "",
                        "AWS::DynamoDB::Table",
                        List.of("KeySchema"),
                        false,
                        List.of())));

        assertThat(lines).hasSize(2).last().asString().contains("DATA LOSS");
    }

    @Test
    void changesWhenAllIsNewAreCountedSinceEachIsShownAsItIsMade() {
        listener(false)
                .changes(List.of(
                        new Change(Change.Kind.ADD, "Queue", "", "AWS::SQS::Queue", List.of(), false, List.of()),
                        new Change(Change.Kind.ADD, "Bus", "", "AWS::Events::EventBus", List.of(), false, List.of()),
                        new Change(
                                Change.Kind.IMPORT, "Table", "", "AWS::DynamoDB::Table", List.of(), false, List.of())));

        assertThat(lines)
                .containsExactly(
                        "  + 2 resources to create",
                        "  + Table  AWS::DynamoDB::Table  exists already, taken over with its data");
    }

    @Test
    void changesOfAStackThatIsThereAreListed() {
        listener(false)
                .changes(List.of(
                        new Change(Change.Kind.ADD, "Queue", "", "AWS::SQS::Queue", List.of(), false, List.of()),
                        new Change(
                                Change.Kind.MODIFY,
                                "Bus",
                                "",
                                "AWS::Events::EventBus",
                                List.of("Name"),
                                false,
                                List.of())));

        assertThat(lines).containsExactly("  + Queue  AWS::SQS::Queue", "  ~ Bus  AWS::Events::EventBus  (Name)");
    }

    @Test
    void removalDoesNotCallVersionsKeptThatGoWithTheirFunction() {
        ResourceEvent version = new ResourceEvent(
                "1", Instant.EPOCH, "FunctionVersion1", "name", "AWS::Lambda::Version", "DELETE_SKIPPED", "");
        StackListener removal =
                ConsoleStackListener.ofRemoval(Console.of(lines::add, lines::add, System.out, false, false));

        removal.event(version);
        assertThat(lines).isEmpty();

        listener(false).event(version);
        assertThat(lines).singleElement().asString().contains("= kept", "FunctionVersion1");
    }

    private StackListener listener(boolean terminal) {
        return ConsoleStackListener.ofDeployment(Console.of(
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
