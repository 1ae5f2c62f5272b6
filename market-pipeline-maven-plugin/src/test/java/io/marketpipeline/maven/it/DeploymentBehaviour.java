package io.marketpipeline.maven.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.endpoint.AwsCall;
import io.marketpipeline.maven.endpoint.RecordingProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/**
 * A pipeline's life at one endpoint, by the real goals in a real Maven, read back with boto3 and compared with what the
 * pom asks for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeploymentBehaviour {
    private static final String ENVIRONMENT = "proof";
    private static final String TAKEN = "market-data-bus-taken";

    private final List<MavenRun> runs = new ArrayList<>();
    private Path folder;
    private SampleProject project;
    private DeploymentEndpoint endpoint;
    private RecordingProxy recorder;
    private final List<Made> made = new ArrayList<>();
    private MavenRun first;
    private ReadBack created;
    private MavenRun refused;
    private MavenRun planned;
    private ReadBack untouched;
    private MavenRun change;
    private ReadBack changed;
    private MavenRun rolledBack;
    private ReadBack earlier;
    private MavenRun restored;
    private ReadBack later;
    private MavenRun failed;
    private MavenRun mended;
    private MavenRun destroyed;
    private ReadBack kept;
    private MavenRun takenOver;
    private MavenRun emptied;
    private ReadBack gone;

    /** Goals in one run, and the calls that it made. */
    record Made(List<String> goals, List<AwsCall> calls) {}

    /** Starts the endpoint. */
    abstract DeploymentEndpoint start(Path logs) throws Exception;

    /** What every run at this endpoint needs besides, such as what the pom must leave out there. */
    List<String> switches() {
        return List.of();
    }

    /** Whether CloudFormation finds the taken name before it begins, as AWS does. */
    abstract boolean findsTakenNamesBeforehand();

    /** What makes the endpoint's CloudFormation say that something with data may go. */
    abstract String losingSwitch();

    /** What it says would go. */
    abstract String lost();

    /** Goals, with their switches, that put events in and look what became of them, where the endpoint runs functions. */
    List<String> operations() {
        return List.of();
    }

    @BeforeAll
    @Timeout(value = 20, unit = TimeUnit.MINUTES) // about 15 Mavens, one after the other
    void live(@TempDir Path directory) throws Exception {
        folder = directory;
        project = SampleProject.copy("proof", directory);
        endpoint = start(directory);
        recorder = RecordingProxy.before(endpoint.uri());
        first = goals("deploy", "deploy", "outputs", "plan", "-DdetailedExitCode");
        created = read();
        planned = goals("policy", "plan", "-Dmemory=1024", "-Dretries=1", "-DdetailedExitCode");
        refused = goals("deploy", losingSwitch());
        untouched = read();
        change = goals("deploy", "-Dmemory=1024", "-Dretries=1");
        changed = read();
        rolledBack = goals("rollback", "status");
        earlier = read();
        restored = goals("deploy", "-Dmemory=1024", "-Dretries=1");
        later = read();
        if (!operations().isEmpty()) {
            succeeded(goals(operations().toArray(String[]::new)));
        }
        try (EventBridgeClient events = events()) {
            events.createEventBus(request -> request.name(TAKEN));
            failed = goals("deploy", "-Denv=taken");
            events.deleteEventBus(request -> request.name(TAKEN));
        }
        mended = goals("deploy", "destroy", "-Denv=taken", "-Dforce", "-DdeleteData");
        destroyed = goals("destroy", "-Dforce");
        kept = read();
        takenOver = goals("deploy");
        emptied = goals("destroy", "-Dforce", "-DdeleteData");
        gone = read();
    }

    @AfterAll
    void end() {
        runs.forEach(MavenRun::close);
        if (recorder != null) {
            recorder.close();
        }
        if (endpoint != null) {
            endpoint.close();
        }
    }

    @Test
    void everyCallThatWasMadeIsGrantedByThePoliciesOfTheGoals() throws Exception {
        GrantedCalls granted = GrantedCalls.of(project, planned.outputOf("policy", 1));
        for (Made run : made) {
            assertThat(run.calls()).as(run.goals().toString()).isNotEmpty();
            // The policies are those of one environment; those of the other differ in its name.
            List<AwsCall> calls = run.calls().stream()
                    .map(call -> call.renamed("-taken", "-" + ENVIRONMENT))
                    .toList();
            assertThat(granted.denied(run.goals(), calls))
                    .as("denied to " + run.goals())
                    .isEmpty();
        }
    }

    @Test
    void firstDeployCreatesTheStack() {
        assertThat(succeeded(first).outputOf("deploy", 1)).contains("Created stack market-pipeline-proof in");
    }

    @Test
    void everyPropertyIsWhatThePomAsksFor() throws Exception {
        Map<String, String> differences = ReadBack.expected(codeSha256()).differences(created);

        ReadBack.lacks(endpoint.name())
                .keySet()
                .forEach(lack -> differences.keySet().removeIf(where -> covers(lack, where)));
        assertThat(differences).isEmpty();
    }

    @Test
    void endpointLacksWhatItIsSaidToLack() throws Exception {
        Map<String, String> lacks = ReadBack.lacks(endpoint.name());
        TreeSet<String> differing = new TreeSet<>(
                ReadBack.expected(codeSha256()).differences(created).keySet());

        lacks.keySet().removeIf(lack -> differing.stream().anyMatch(where -> covers(lack, where)));

        assertThat(lacks)
                .as("what " + endpoint.name() + " has learnt, and lacks-" + endpoint.name() + ".txt should drop")
                .isEmpty();
    }

    @Test
    void secondDeployChangesNothing() {
        assertThat(first.outputOf("deploy", 2))
                .contains("No changes: stack market-pipeline-proof is up to date")
                .doesNotContain("Uploaded", "Asking CloudFormation");
    }

    @Test
    void outputsAreTheStacks() {
        created.resource("stack").path("Outputs").fieldNames().forEachRemaining(key -> assertThat(
                        first.outputOf("outputs", 1))
                .contains(key));
        assertThat(first.outputOf("outputs", 1)).contains("market-data-bus-proof");
    }

    @Test
    void planWithDetailedExitCodeWhenNothingChangesEndsWithZero() {
        assertThat(succeeded(first).outputOf("plan", 1))
                .contains("No changes: stack market-pipeline-proof is up to date");
    }

    @Test
    void planWithDetailedExitCodeWhenSomethingChangesEndsWithTwo() {
        assertThat(planned.exitCode()).as(planned.output()).isEqualTo(2);
    }

    @Test
    void planShowsOldAndNewValues() {
        assertThat(planned.outputOf("plan", 1))
                .contains(
                        "~ Function  AWS::Lambda::Function", "MemorySize: 768 -> 1024", "MaximumRetryAttempts: 2 -> 1");
    }

    @Test
    void deployThatWouldLoseDataIsRefused() {
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output())
                .contains(
                        "was not touched: the deploy would lose data",
                        lost(),
                        "run the goal again with -DallowDataLoss");
    }

    @Test
    void planAndRefusedDeployLeaveEverythingAsItIs() {
        assertThat(created.differences(untouched)).isEmpty();
    }

    @Test
    void changeInPlaceChangesWhatThePomChangesAndNothingElse() {
        assertThat(succeeded(change).outputOf("deploy", 1)).contains("~ Function ");
        assertThat(created.differences(changed))
                .containsOnlyKeys(
                        "function/MemorySize",
                        "invoke config/MaximumRetryAttempts",
                        "quote rule/Targets",
                        "stack/StackStatus",
                        "trade rule/Targets")
                .containsEntry("function/MemorySize", "768 -> 1024")
                .containsEntry("invoke config/MaximumRetryAttempts", "2 -> 1")
                .containsEntry("stack/StackStatus", "\"CREATE_COMPLETE\" -> \"UPDATE_COMPLETE\"");
        assertThat(changed.resource("trade rule")
                        .findValue("MaximumRetryAttempts")
                        .asInt())
                .isEqualTo(1);
        assertThat(changed.resource("born")).isEqualTo(created.resource("born"));
    }

    @Test
    void changeInPlaceLetsTheAliasNameTheNewVersion() {
        assertThat(changed.resource("alias").path("VersionIsCurrent").asBoolean())
                .isTrue();
    }

    @Test
    void rollbackAimsTheAliasAtTheVersionBefore() {
        assertThat(succeeded(rolledBack).outputOf("rollback", 1))
                .contains("live points to version 1", "Checked: live answers with version 1");
        assertThat(earlier.resource("alias").path("VersionIsCurrent").asBoolean())
                .isFalse();
        assertThat(changed.differences(earlier))
                .allSatisfy((where, what) -> assertThat(where).startsWith("alias/"));
    }

    @Test
    void statusTellsOfTheRollback() {
        assertThat(rolledBack.outputOf("status", 1))
                .containsPattern("Stack +market-pipeline-proof +UPDATE_COMPLETE")
                .containsPattern("Live +version 1,")
                .contains("Rolled back from version 2 to version 1");
    }

    @Test
    void deployAfterRollbackPutsTheProjectsOwnVersionLive() {
        assertThat(succeeded(restored).outputOf("deploy", 1)).contains("Restored what serves");
        assertThat(changed.differences(later)).isEmpty();
    }

    @Test
    void failureNamesItsFirstCause() {
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output())
                .contains(
                        "EventBus",
                        "already exists",
                        findsTakenNamesBeforehand()
                                ? "Stack market-pipeline-taken was not touched"
                                : "What had been made was removed again");
    }

    @Test
    void failedDeployWhenItsCauseIsMendedSucceeds() {
        assertThat(succeeded(mended).outputOf("deploy", 1)).contains("Created stack market-pipeline-taken in");
    }

    @Test
    void destroyKeepsTheTablesAlone() {
        assertThat(succeeded(destroyed).outputOf("destroy", 1))
                .contains("Deleted stack market-pipeline-proof in", "= market-data-proof", "= audit-trail-proof");
        assertThat(kept.resource("born")).isEqualTo(created.resource("born"));
        assertThat(present(kept)).containsOnly("market-data table", "audit-trail table");
    }

    @Test
    void deployAfterDestroyTakesTheTablesOver() {
        assertThat(succeeded(takenOver).outputOf("deploy", 1))
                .contains("MarketDataTable  AWS::DynamoDB::Table  exists already, taken over with its data");
    }

    @Test
    void destroyWithDataLeavesNothing() {
        assertThat(succeeded(emptied).output()).contains("Deleted stack market-pipeline-proof in");
        assertThat(present(gone)).isEmpty();
    }

    private MavenRun goals(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-Dendpoint=" + recorder.uri()));
        if (Arrays.stream(arguments).noneMatch(argument -> argument.startsWith("-Denv="))) {
            all.add("-Denv=" + ENVIRONMENT);
        }
        all.addAll(switches());
        all.addAll(List.of(arguments));
        MavenRun run = Maven.ofThisBuild().run(project, all.toArray(String[]::new));
        runs.add(run);
        made.add(new Made(
                Arrays.stream(arguments)
                        .filter(argument -> !argument.startsWith("-"))
                        .toList(),
                recorder.takeCalls()));
        return run;
    }

    /** Every run so far. */
    List<Made> made() {
        return List.copyOf(made);
    }

    private ReadBack read() throws IOException, InterruptedException {
        return ReadBack.of(endpoint.uri(), ENVIRONMENT, folder);
    }

    private static MavenRun succeeded(MavenRun run) {
        assertThat(run.exitCode()).as(run.output()).isZero();
        return run;
    }

    /** Resources of the stack that are there; the artifact bucket has a stack of its own. */
    private static List<String> present(ReadBack read) {
        List<String> present = new ArrayList<>();
        read.resources().properties().forEach(resource -> {
            boolean isThere = !resource.getValue().isTextual()
                    && !resource.getValue().isEmpty()
                    && !resource.getKey().equals("born")
                    && !resource.getKey().startsWith("artifact bucket");
            if (isThere) {
                present.add(resource.getKey());
            }
        });
        return present;
    }

    private static boolean covers(String lack, String where) {
        return where.equals(lack) || where.startsWith(lack + "/");
    }

    private String codeSha256() throws Exception {
        byte[] zip = Files.readAllBytes(project.written("function.zip"));
        assertThat(zip.length).as("bytes of a function without the SDK").isLessThan(6_000_000);
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(zip));
    }

    private EventBridgeClient events() {
        return EventBridgeClient.builder()
                .endpointOverride(endpoint.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }
}
