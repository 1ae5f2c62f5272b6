package io.marketpipeline.maven.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** What the goals do for a user, inside one Maven. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PluginBehaviour {
    private static final Pattern RUNS_AT = Pattern.compile("The pipeline runs at (http://[0-9.:]+)");
    private static final String TRADE =
            """
            {"id":"7bf73129-1428-4cd3-a780-95db273d1602","time":"2026-10-07T13:30:00Z","source":"market.data",
             "detail-type":"Trade Execution","detail":{"event_id":"t-1","symbol":"BAC","exchange":"XNYS",
             "price":13.87,"volume":100}}
            """;

    private final Maven maven;
    private Path folder;
    private SampleProject project;
    private MavenRun session;

    PluginBehaviour(Maven maven) {
        this.maven = maven;
    }

    /** A user's day in one build: a Maven and an endpoint take seconds to start, so the tests of the goals share them. */
    @BeforeAll
    void runSession(@TempDir Path directory) throws Exception {
        folder = directory;
        project = SampleProject.copy("minimal", folder.resolve("session"));
        session = maven.run(
                project,
                "start",
                "plan",
                "deploy",
                "deploy",
                "plan",
                "publish",
                "query",
                "audit",
                "dlq",
                "reconcile",
                "outputs",
                "status",
                "rollback",
                "destroy",
                "deploy-only",
                "query",
                "stop",
                "-Dport=0",
                "-Dfile=ticks.csv",
                "-Dawait",
                "-Dsymbol=BAC",
                "-DeventType=Trade Execution",
                "-Dlist",
                "-Dforce");
        assertThat(session.exitCode()).as(session.output()).isZero();
    }

    @AfterAll
    void endSession() {
        if (session != null) {
            session.close();
        }
    }

    @Test
    void startTakesAFreePort() {
        assertThat(session.outputOf("start", 1)).containsPattern("The local endpoint runs at http://127.0.0.1:\\d+");
    }

    @Test
    void endpointHasNothingToWarnOf() {
        assertThat(project.written("local.log"))
                .content()
                .startsWith("market-pipeline-local ready")
                .doesNotContain("WARNING");
    }

    @Test
    void deployWhenOnlyTheHandlerIsNamedCreatesTheStack() {
        assertThat(session.outputOf("deploy", 1))
                .contains("Created stack market-pipeline-local", "EventBusName         market-data-bus-local");
    }

    @Test
    void deployWhenNothingDiffersSaysNoChanges() {
        assertThat(session.outputOf("deploy", 2))
                .contains("No changes: stack market-pipeline-local is up to date")
                .doesNotContain("Uploaded", "Created", "Updated");
    }

    @Test
    void planTellsWhatADeployWouldDo() {
        assertThat(session.outputOf("plan", 1))
                .contains(
                        "+ MarketDataTable  AWS::DynamoDB::Table",
                        "Plan for stack market-pipeline-local: ",
                        "0 to delete");
        assertThat(session.outputOf("plan", 2)).contains("No changes: stack market-pipeline-local is up to date");
    }

    @Test
    void planWithDetailedExitCodeEndsWithTwo() throws Exception {
        MavenRun run = maven.run(
                SampleProject.copy("minimal", folder.resolve("exit")),
                "start",
                "plan",
                "-Dport=0",
                "-DdetailedExitCode");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
        assertThat(run.output()).contains("to add", "Exit status 2");
        assertThat(run.leftOver()).isEmpty();
    }

    @Test
    void publishWhenAwaitedTellsWhatBecameOfTheEvents() {
        assertThat(session.outputOf("publish", 1))
                .containsPattern("events published +4\\n")
                .containsPattern("rows stored +3\\n")
                .containsPattern("audit records REJECTED +1\\n")
                .containsPattern("audit records SUCCESS +3\\n")
                .containsPattern("dead letters +1\\n");
    }

    @Test
    void queryPrintsTheRowsAsATable() {
        assertThat(session.outputOf("query", 1))
                .containsPattern("BAC +XNYS +Trade Execution +13.87 +100 +tick-1\\n")
                .contains("3 rows");
    }

    @Test
    void auditPrintsTheRecordsOfAnEventType() {
        assertThat(session.outputOf("audit", 1)).contains("SUCCESS", "REJECTED", "identity_conflict", "4 records");
    }

    @Test
    void dlqTellsTheReason() {
        assertThat(session.outputOf("dlq", 1))
                .contains("tick-3", "event_id is taken")
                .containsPattern("1 +function +identity_conflict");
    }

    @Test
    void reconcileProvesThatAllAddsUp() {
        assertThat(session.outputOf("reconcile", 1))
                .containsPattern("events accepted +4\\n")
                .containsPattern(" +stored +3\\n")
                .containsPattern(" +rejected +1\\n")
                .containsPattern("audit records in chains +4\\n")
                .contains("All adds up. Report: ");
        assertThat(project.written("reconcile-local.json")).content().contains("\"findings\" : [ ]");
    }

    @Test
    void outputsPrintsThem() {
        assertThat(session.outputOf("outputs", 1)).contains("MarketDataTableName  market-data-local");
    }

    @Test
    void statusTellsHowThePipelineIs() {
        assertThat(session.outputOf("status", 1))
                .containsPattern("Stack +market-pipeline-local +CREATE_COMPLETE since")
                .containsPattern("Live +version 1, published ")
                .containsPattern("market-processor-dlq-local +dead letters +1 ")
                .contains("Drift    none: everything is as it was deployed");
    }

    @Test
    void rollbackListsTheVersions() {
        assertThat(session.outputOf("rollback", 1)).containsPattern("1 +live, deployed +20");
    }

    @Test
    void destroyKeepsTheTablesAndNothingElse() {
        assertThat(session.outputOf("destroy", 1))
                .contains("Deleted stack market-pipeline-local")
                .containsPattern("= kept +MarketDataTable")
                .containsPattern("= kept +AuditTrailTable")
                .doesNotContainPattern("= kept +Function")
                .containsPattern("mvn market-pipeline:deploy -Denv=local -Dendpoint=http://127.0.0.1:\\d+` takes them");
    }

    @Test
    void deployAfterDestroyTakesTheTablesOverWithTheirRows() {
        assertThat(session.outputOf("deploy-only", 1)).contains("MarketDataTable", "taken over with its data");
        assertThat(session.outputOf("query", 2)).contains("tick-1", "tick-2", "3 rows");
    }

    @Test
    void stopLeavesNoProcessBehind() throws Exception {
        assertThat(session.outputOf("stop", 1)).contains("Ended the local endpoint at http://127.0.0.1:");
        assertThat(session.children()).as("endpoint and function").hasSizeGreaterThan(1);
        assertThat(session.leftOver()).isEmpty();
    }

    @Test
    void helpListsEveryGoalAndEnvironmentsOverride() throws Exception {
        SampleProject environments = SampleProject.copy("environments", folder.resolve("prod"));
        MavenRun run = maven.run(environments, "help", "package", "-Denv=prod");

        assertThat(run.exitCode()).as(run.output()).isZero();
        for (String goal : new String[] {
            "audit",
            "deploy",
            "deploy-only",
            "destroy",
            "dlq",
            "help",
            "logs",
            "outputs",
            "package",
            "plan",
            "publish",
            "query",
            "reconcile",
            "redrive",
            "replay",
            "run",
            "start",
            "stop",
            "validate"
        }) {
            assertThat(run.outputOf("help", 1)).containsPattern("(?m)^market-pipeline:" + goal + "$");
        }
        assertThat(environments.written("template-prod.yaml"))
                .content()
                .contains("MemorySize: 1536", "Timeout: 20", "RetentionInDays: 14", "DeletionProtectionEnabled: true");
    }

    @Test
    void goalsWhenConfigurationIsWrongTellAllAndTouchNothing() throws Exception {
        SampleProject wrong = SampleProject.copy("wrong", folder.resolve("wrong"));
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
        try {
            for (String goal : new String[] {"deploy", "run"}) {
                MavenRun run = maven.run(
                        wrong,
                        goal,
                        "-Denv=dev",
                        "-Dport=0",
                        "-Dendpoint=http://127.0.0.1:" + server.getAddress().getPort());

                assertThat(run.exitCode()).isNotZero();
                assertThat(run.output())
                        .contains(
                                "has 7 problems; nothing was touched",
                                "<region> is 'mars-1'",
                                "<function><memory> is '12'",
                                "<retries>",
                                "<function><timeOut> isn't an element of <function>, did you mean <timeout>?",
                                "<logs><retentionDays> is '15'",
                                "<negativePrices> takes",
                                "<function><handler> is 'io.marketpipeline.event.EventKind', which Lambda can't run")
                        .doesNotContain("Starting the local endpoint");
                assertThat(requests).hasValue(0);
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void deployWhenNoEnvironmentIsNamedAsksForIt() throws Exception {
        MavenRun run = maven.run(SampleProject.copy("minimal", folder.resolve("unnamed")), "deploy");

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("-Denv").contains("-Denv=dev");
    }

    @Test
    void queryWhenNothingListensNamesRunAndUnderDebugNoSecret() throws Exception {
        MavenRun run = maven.run(
                SampleProject.copy("minimal", folder.resolve("silent")),
                "-X",
                "query",
                "-Denv=local",
                "-Dsymbol=BAC",
                "-Daws.accessKeyId=AKIAZQ7KEYOFTHEUSER",
                "-Daws.secretAccessKey=zq7SecretKeyOfTheUser",
                "-Daws.sessionToken=zq7SessionTokenOfTheUser",
                "-Dendpoint=http://127.0.0.1:" + freePort());

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output())
                .contains("mvn market-pipeline:run")
                .contains("[DEBUG] Sending Request: ")
                .doesNotContain("zq7SecretKeyOfTheUser", "zq7SessionTokenOfTheUser");
    }

    @Test
    void buildThatFailsAfterStartLeavesNoEndpoint() throws Exception {
        MavenRun run = maven.run(
                SampleProject.copy("minimal", folder.resolve("failing")), "start", "query", "-Dport=0", "-Dsymbol=BAC");

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("has no stack of environment 'local'");
        assertThat(run.children()).isNotEmpty();
        assertThat(run.leftOver()).isEmpty();
    }

    @Test
    void runWhenInterruptedLeavesNoProcess() throws Exception {
        try (MavenRun run = runningPipeline("interrupted")) {
            run.interrupt();

            assertThat(run.children()).as("endpoint and function").hasSizeGreaterThan(1);
            assertThat(run.leftOver()).isEmpty();
        }
    }

    @Test
    void runWhenKilledLeavesNoProcess() throws Exception {
        try (MavenRun run = runningPipeline("killed")) {
            run.kill();

            assertThat(run.children()).as("endpoint and function").hasSizeGreaterThan(1);
            assertThat(run.leftOver()).isEmpty();
        }
    }

    /** A {@code run} whose function has worked, so that its process is there. */
    private MavenRun runningPipeline(String name) throws Exception {
        MavenRun run = maven.start(SampleProject.copy("minimal", folder.resolve(name)), "run", "-Dport=0");
        URI endpoint = URI.create(run.awaitLine(RUNS_AT).group(1));
        try (LambdaClient lambda = LambdaClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build()) {
            var answer = lambda.invoke(
                    invoke -> invoke.functionName("market-processor-local").payload(SdkBytes.fromUtf8String(TRADE)));
            assertThat(answer.payload().asUtf8String()).contains("SUCCESS");
        }
        return run;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
