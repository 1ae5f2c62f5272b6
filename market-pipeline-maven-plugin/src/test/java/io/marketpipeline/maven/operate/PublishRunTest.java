package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Visible;
import io.marketpipeline.publish.PublishResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishRunTest {
    @TempDir
    private Path directory;

    private final FakeBus bus = new FakeBus();
    private final Lines lines = new Lines();
    private Path manifest;

    @BeforeEach
    void nameManifest() {
        manifest = directory.resolve("out/manifest.jsonl");
    }

    @Test
    void everyRowIsSentAndInTheManifest() throws Exception {
        PublishOutcome outcome = publish(MalformedPolicy.FAIL, Inputs.trades(directory, 25));

        assertThat(bus.accepted).hasSize(25);
        assertThat(outcome.accepted()).hasSize(25);
        assertThat(outcome.prefixes()).containsExactly("bac:");
        assertThat(Files.readAllLines(manifest)).hasSize(25).allSatisfy(line -> assertThat(line)
                .matches("\\{\"event_id\":\"bac:trade:BAC:\\d+\",\"sha256\":\"[0-9a-f]{64}\","
                        + "\"status\":\"accepted\",\"entry_id\":\"entry\",\"sent_at_ms\":\\d+}"));
        assertThat(lines.lines).last().asString().startsWith("Published 25 events to bus in");
    }

    @Test
    void packedRowsAreInTheManifestOneByOne() throws Exception {
        PublishOutcome outcome = new PublishRun(
                        bus, settings(Pacing.FASTEST, Injection.NONE, true, MalformedPolicy.FAIL), lines.console)
                .publish(List.of(Inputs.trades(directory, 25)), manifest);

        assertThat(bus.accepted).hasSizeLessThan(25);
        assertThat(outcome.accepted()).hasSize(25);
        assertThat(Files.readAllLines(manifest)).hasSize(25);
    }

    @Test
    void injectedEventsAreMarkedAndTheSeedIsTold() throws Exception {
        Injection injection = Injection.parse("duplicates:20%", 7);
        PublishOutcome outcome = new PublishRun(
                        bus, settings(Pacing.FASTEST, injection, false, MalformedPolicy.FAIL), lines.console)
                .publish(List.of(Inputs.trades(directory, 100)), manifest);

        long injected = Files.readAllLines(manifest).stream()
                .filter(line -> line.contains("\"injected\":\"duplicates\""))
                .count();
        assertThat(injected).isEqualTo(outcome.accepted().size() - 100).isPositive();
        assertThat(lines.lines)
                .anyMatch(line -> line.equals("Injected " + injected + " duplicates; -Dseed=7 injects the same again"));
    }

    @Test
    void tapeWhenPlayedMergesItsFilesByTimeAndKeepsTheirPace() throws Exception {
        InputFile first = Inputs.file(
                directory,
                "a.csv",
                Inputs.TRADES + "1,2013-10-07T13:30:00Z,X,A,1,1,0\n2,2013-10-07T13:30:03Z,X,A,1,1,0\n");
        InputFile second = Inputs.file(
                directory,
                "b.csv",
                Inputs.TRADES + "1,2013-10-07T13:30:01Z,X,B,1,1,0\n2,2013-10-07T13:30:02Z,X,B,1,1,0\n");
        List<Duration> pauses = new ArrayList<>();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        new PublishRun(
                        bus,
                        settings(new Pacing(0, 10), Injection.NONE, false, MalformedPolicy.FAIL),
                        lines.console,
                        now::get,
                        pause -> {
                            pauses.add(pause);
                            now.updateAndGet(before -> before.plus(pause));
                        })
                .publish(List.of(first, second), manifest);

        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(100));
        assertThat(bus.accepted).hasSize(4);
    }

    @Test
    void progressIsToldInPlainLines() throws Exception {
        AtomicLong seconds = new AtomicLong();
        InstantSource fast = () -> Instant.ofEpochSecond(seconds.addAndGet(10));
        new PublishRun(bus, settings(MalformedPolicy.FAIL, 0), lines.console, fast, pause -> {})
                .publish(List.of(Inputs.trades(directory, 25)), manifest);

        assertThat(lines.lines.get(0)).matches("Publishing: \\d+ of 25 \\(\\d+ %\\), [\\d,.]+ events/s");
    }

    @Test
    void slowRateHasAFraction() {
        assertThat(PublishRun.rate(4, Duration.ofSeconds(8))).isEqualTo("0.5");
        assertThat(PublishRun.rate(12_000, Duration.ofSeconds(8))).isEqualTo("1,500");
    }

    @Test
    void shortRunHasNoProgress() throws Exception {
        publish(MalformedPolicy.FAIL, Inputs.trades(directory, 25));

        assertThat(lines.lines).hasSize(1);
    }

    @Test
    void interruptedRunSaysWhatWasSentAndHowToGoOn() throws Exception {
        InputFile file = Inputs.trades(directory, 25);
        FutureTask<PublishOutcome> run =
                new FutureTask<>(() -> new PublishRun(bus, settings(MalformedPolicy.FAIL, 0.05), lines.console)
                        .publish(List.of(file), manifest));
        Thread thread = new Thread(run, "publish");
        thread.start();
        Instant end = Instant.now().plusSeconds(30);
        // Paced, it sleeps until the second event's turn.
        while (thread.getState() != Thread.State.TIMED_WAITING && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        thread.interrupt();

        assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        assertThat(lines.lines)
                .last()
                .asString()
                .matches("Publishing was interrupted: [1-9] of 25 events were accepted, 0 were not, 0 had no answer"
                        + " yet. .*manifest.jsonl says which. To publish the rest, publish the same files again: what"
                        + " was accepted is stored once");
    }

    @Test
    void refusedEventIsInTheManifestWithItsReason() throws Exception {
        bus.refusing("BAC:3\"", "MalformedDetail");
        PublishOutcome outcome = publish(MalformedPolicy.FAIL, Inputs.trades(directory, 5));

        assertThat(outcome.accepted()).hasSize(4);
        assertThat(outcome.failed()).singleElement().isInstanceOf(PublishResult.Refused.class);
        assertThat(Files.readString(manifest))
                .contains("\"status\":\"refused\",\"code\":\"MalformedDetail\",\"message\":\"no\"");
    }

    @Test
    void malformedRowKeepsEverythingFromBeingSent() throws IOException {
        InputFile file = Inputs.file(
                directory,
                "bac.csv",
                Inputs.TRADES + "1,2013-10-07T13:30:00Z,XNAS,BAC,1,1,0\n2,2013-10-07T13:30:00Z,XNAS,BAC,x,1,0\n");

        assertThatThrownBy(() -> publish(MalformedPolicy.FAIL, file))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("1 row of 2 can't be published, so nothing was sent:\n  " + file.path()
                        + " line 3 price is 'x', which isn't a decimal number\n"
                        + "Mend them, or leave them out with -DonMalformed=skip (<onMalformed>)");
        assertThat(bus.accepted).isEmpty();
    }

    @Test
    void malformedRowIsLeftOutAndToldOnDemand() throws Exception {
        InputFile file = Inputs.file(
                directory,
                "bac.csv",
                Inputs.TRADES + "1,2013-10-07T13:30:00Z,XNAS,BAC,1,1,0\n2,2013-10-07T13:30:00Z,XNAS,BAC,x,1,0\n");
        PublishOutcome outcome = publish(MalformedPolicy.SKIP, file);

        assertThat(outcome.malformed()).isEqualTo(1);
        assertThat(bus.accepted).hasSize(1);
        assertThat(lines.warnings)
                .containsExactly("Left out: " + file.path() + " line 3 price is 'x', which isn't a decimal number");
        assertThat(Files.readString(manifest)).contains("\"status\":\"malformed\"", "\"line\":3");
    }

    /** In warnings, manifest and the message of a refusal. */
    @Test
    void rowThatForgesALineStaysWithinItsOwn() throws Exception {
        String evil = "\n[INFO] BUILD SUCCESS\u2028\u0085\u001b[2K\u202e" + "x".repeat(50_000);
        InputFile file = Inputs.file(
                directory,
                "bac.csv",
                Inputs.TRADES + "1,2013-10-07T13:30:00Z,XNAS,B\u2028\u202eC,1,1,0\n2,2013-10-07T13:30:00Z,XNAS,BAC,\""
                        + evil + "\",1,0\n");

        publish(MalformedPolicy.SKIP, file);

        assertThat(lines.warnings).hasSize(2).allSatisfy(line -> assertThat(line)
                .startsWith("Left out: ")
                .isEqualTo(Visible.of(line))
                .hasSizeLessThan(2_000));
        assertThat(Files.readAllLines(manifest)).hasSize(3).allSatisfy(line -> assertThat(line)
                .isEqualTo(Visible.of(line)));
    }

    @Test
    void fileWithoutRowsIsRefused() throws IOException {
        InputFile file = Inputs.file(directory, "bac.csv", Inputs.TRADES);

        assertThatThrownBy(() -> publish(MalformedPolicy.FAIL, file))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("There is no row in [" + file.path() + "]: nothing was sent");
    }

    @Test
    void unknownPolicyIsRefused() {
        assertThatThrownBy(() -> MalformedPolicy.of("drop"))
                .isInstanceOf(UserFixableException.class)
                .hasMessageStartingWith("-DonMalformed (<onMalformed>) is 'drop', must be fail");
    }

    @Test
    void negativeRateIsRefused() {
        assertThatThrownBy(() -> new Pacing(-1, 0))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("-Drate is -1.0, must be 0 (as fast as possible) or events per second; example: 500");
    }

    @Test
    void identityOfSeveralFieldsIsJoinedAsTheFunctionJoinsThem() throws Exception {
        Tick.Good tick = (Tick.Good) Inputs.read(Inputs.trades(directory, 1)).get(0);

        assertThat(new StoredIdentity(List.of("detail_type", "exchange", "symbol", "sequence"))
                        .of(tick.event(), "entry"))
                .isEqualTo("Trade Execution|XNAS|BAC|1");
        assertThat(new StoredIdentity(List.of("trade_id")).of(tick.event(), "entry"))
                .isEqualTo("entry");
        assertThat(Optional.of(tick.symbol())).contains("BAC");
    }

    private PublishOutcome publish(MalformedPolicy policy, InputFile... files) throws Exception {
        return new PublishRun(bus, settings(policy, 0), lines.console).publish(List.of(files), manifest);
    }

    private static PublishRun.Settings settings(MalformedPolicy policy, double rate) {
        return settings(new Pacing(rate, 0), Injection.NONE, false, policy);
    }

    private static PublishRun.Settings settings(
            Pacing pacing, Injection injection, boolean packed, MalformedPolicy policy) {
        return new PublishRun.Settings("bus", "market.data", pacing, injection, packed, policy, List.of("event_id"));
    }
}
