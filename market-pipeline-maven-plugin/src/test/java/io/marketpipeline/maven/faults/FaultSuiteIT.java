package io.marketpipeline.maven.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.schema.FunctionVariables;
import io.marketpipeline.schema.MarketDataTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tries to break the promise that nothing is lost, nothing is there twice and nothing is unaudited, and shows that it would
 * notice. Short by default; profile {@code faults} makes it long. {@code -Dfaults.events}, {@code -Dfaults.data} (a folder
 * with {@code *trades.csv.gz} and {@code *quotes.csv.gz}) and {@code -Dfaults.seed} change a run.
 */
class FaultSuiteIT {
    private static final int EVENTS = Integer.getInteger("faults.events", 300);
    private static final Path DATA = Path.of(System.getProperty(
            "faults.data", Path.of("..", "example-project", "data").toString()));

    /** Events of the runs in which something is switched off. */
    private static final int FEW = 60;

    private static final int KILLS = 4 + EVENTS / 500;
    private static final Duration PATIENCE = Duration.ofMinutes(6).plusMillis(EVENTS * 60L);
    private static final UnaryOperator<String> AS_IT_IS = UnaryOperator.identity();

    @TempDir
    private static Path folder;

    private static FaultLab lab;
    private final Seed seed = Seed.ofRun();

    @BeforeAll
    static void start() throws Exception {
        lab = FaultLab.start(folder, JumpingClockHandler.class);
    }

    @AfterAll
    static void close() throws IOException {
        lab.close();
    }

    @AfterEach
    void heal() {
        lab.proxy().plan(FaultPlan.NOTHING);
        lab.proxy().rewriting(AS_IT_IS);
    }

    /**
     * A storm.
     *
     * @param client what the function writes with: both ways must stand it
     * @param delivery one by one and as arrays, or a queue's batches of events and packs, of which a part may fail
     * @param share of all events
     */
    @ParameterizedTest
    @CsvSource({"lean,direct,0.5", "sdk,direct,0.5", "lean,buffered,0.25"})
    void nothingIsLostNothingTwiceNothingUnaudited(String client, String delivery, double share) throws Exception {
        String storm = "storm-" + client + "-" + delivery;
        List<SentEvent> manifest = TapeEvents.read(DATA, storm, (int) (EVENTS * share));
        lab.createFunction(
                storm,
                JumpingClockHandler.class,
                Map.of(JumpingClockHandler.SEED, Long.toString(seed.value()), FunctionVariables.CLIENT, client));
        double killShare = KILLS / (1.1 * EVENTS);
        // Batches of packs need fewer calls.
        lab.proxy().plan(new SeededFaults(seed, delivery.equals("buffered") ? 3 * killShare : killShare));

        if (delivery.equals("buffered")) {
            lab.createQueue(storm, storm);
            lab.enqueue(storm, Deliveries.packs(manifest, seed));
        } else {
            lab.deliver(storm, Deliveries.arrays(manifest, seed));
        }

        List<String> findings = lab.settle(storm, manifest, storm, PATIENCE);

        // Neither the reckoning of these tests nor the goal's reconciliation, which looks at the audit chains as well.
        assertThat(findings)
                .as("with -Dfaults.seed=%d; the function's last problems: %s", seed.value(), lab.problems(storm))
                .isEmpty();
        System.out.println("Fault suite: " + client + " " + delivery + ", " + manifest.size() + " events, injected "
                + lab.proxy().injected() + "; processes killed so far " + FaultLab.killed());
    }

    @Test
    void contentIsLostWithoutTheCondition() throws Exception {
        List<SentEvent> manifest = TapeEvents.read(DATA, "blind", FEW);
        lab.createFunction("blind", MarketPipelineHandler.class, Map.of());
        lab.proxy().rewriting(FaultSuiteIT::withoutCondition);

        lab.deliver("blind", Deliveries.arrays(manifest, seed));
        lab.awaitQuiet("blind", PATIENCE);
        lab.redrive("blind");

        List<String> lost = assertFound("lost: ", lab.findings(manifest, "blind"));
        assertThat(lab.reconciled("blind", manifest, "blind"))
                .containsAll(as("EVENT_MISSING ", lost))
                .anyMatch(finding -> finding.startsWith("ROW_ALTERED blind"));
    }

    @Test
    void rowIsThereTwiceWithoutTheDeterministicKey() throws Exception {
        List<SentEvent> manifest = TapeEvents.read(DATA, "clock", FEW);
        lab.createFunction("clock", MarketPipelineHandler.class, Map.of());
        AtomicLong clock = new AtomicLong(System.currentTimeMillis());
        lab.proxy().rewriting(body -> withProcessingTime(body, clock));

        lab.deliver("clock", Deliveries.arrays(manifest, seed));
        lab.awaitQuiet("clock", PATIENCE);
        lab.redrive("clock");

        List<String> twice = assertFound("twice: ", lab.findings(manifest, "clock"));
        // At most one of an event's rows is at the time of which its record speaks.
        List<String> reconciled = lab.reconciled("clock", manifest, "clock");
        assertThat(twice).allSatisfy(eventId -> assertThat(reconciled)
                .anyMatch(finding -> finding.startsWith("ROW_UNAUDITED " + eventId + " at ")));
    }

    @Test
    void eventIsLostWithoutRedelivery() throws Exception {
        List<SentEvent> manifest = TapeEvents.read(DATA, "once", FEW);
        lab.createFunctionWithoutRedelivery("once", MarketPipelineHandler.class);
        // By this share, one seed of 8,500 breaks no row, and one of 16,000 half of all events.
        lab.proxy()
                .plan((table, key, attempt) ->
                        !table.equals(FaultProxy.QUEUE) && seed.about(key).nextDouble() < 0.14
                                ? Fault.ACCESS_DENIED
                                : Fault.NONE);

        lab.deliver("once", manifest.stream().map(SentEvent::envelope).toList());
        lab.awaitQuiet("once", PATIENCE);
        lab.redrive("once");

        List<String> lost = assertFound("lost: ", lab.findings(manifest, "once"));
        List<String> reconciled = lab.reconciled("once", manifest, "once");
        assertThat(reconciled).containsAll(as("EVENT_MISSING ", lost));

        // That the storms' chains are looked at, too: no process was killed here, so that the log has each one's last
        // record.
        String deleted = lab.deleteASuccessRecord("once");
        assertThat(reconciled).noneMatch(finding -> finding.contains(" of chain "));
        assertThat(lab.reconciled("once", manifest, "once")).contains("RECORD_DELETED " + deleted);
    }

    /** Asserts that the fault shows, and that it isn't the whole run that failed; returns the events that it met. */
    private static List<String> assertFound(String kind, List<String> findings) {
        assertThat(findings).hasSizeLessThan(FEW / 2).anyMatch(finding -> finding.startsWith(kind));
        return findings.stream()
                .filter(finding -> finding.startsWith(kind))
                .map(finding -> finding.substring(kind.length()).split(" ", 2)[0])
                .toList();
    }

    /** What the reconciliation says of events. */
    private static List<String> as(String kind, List<String> eventIds) {
        return eventIds.stream().map(kind::concat).toList();
    }

    private static String withoutCondition(String body) {
        return body.contains(lab.config().names().marketDataTable())
                ? body.replaceAll("\"(ConditionExpression|ReturnValuesOnConditionCheckFailure)\":\"[^\"]*\",", "")
                        .replaceAll(",\"(ConditionExpression|ReturnValuesOnConditionCheckFailure)\":\"[^\"]*\"", "")
                : body;
    }

    private static String withProcessingTime(String body, AtomicLong clock) {
        return body.contains(lab.config().names().marketDataTable())
                ? body.replaceFirst(
                        "\"" + MarketDataTable.TIMESTAMP + "\":\\{\"N\":\"[0-9]+\"}",
                        "\"" + MarketDataTable.TIMESTAMP + "\":{\"N\":\"" + clock.incrementAndGet() + "\"}")
                : body;
    }
}
