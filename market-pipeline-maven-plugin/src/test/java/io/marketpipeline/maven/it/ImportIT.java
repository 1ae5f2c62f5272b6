package io.marketpipeline.maven.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.LocalOptions;
import io.marketpipeline.maven.endpoint.AwsCall;
import io.marketpipeline.maven.endpoint.RecordingProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Takes over what the Terraform original made, while events go on arriving. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportIT {
    private static final String HANDLER = "io.marketpipeline.lambda.MarketPipelineHandler";
    private static final Duration ARRIVAL_LIMIT = Duration.ofMinutes(2);
    private static final int PAUSE_MS = 150;

    private final AtomicInteger published = new AtomicInteger();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final List<MavenRun> runs = new ArrayList<>();
    private SampleProject project;
    private LocalEndpoint endpoint;
    private RecordingProxy recorder;
    private List<AwsCall> importing;
    private OriginalByTerraform original;
    private TableDescription rowsBefore;
    private TableDescription recordsBefore;
    private GetFunctionConfigurationResponse functionBefore;
    private MavenRun told;
    private MavenRun unasked;
    private MavenRun doubled;
    private MavenRun adopted;
    private MavenRun after;
    private MavenRun policies;
    private MavenRun misspelt;

    @BeforeAll
    void adopt(@TempDir Path folder) throws Exception {
        project = SampleProject.copy("minimal", folder);
        endpoint = LocalEndpoint.start(LocalOptions.defaults().withPort(0));
        recorder = RecordingProxy.before(endpoint.uri());
        original = new OriginalByTerraform(endpoint.uri(), "dev");
        goals("package");
        original.apply("java21", HANDLER, Files.readAllBytes(project.written("function.zip")));
        original.rows("7f0c1a52-old", "OLD");
        original.sqs.sendMessage(
                request -> request.queueUrl(original.queueUrl()).messageBody("{\"old\":1}"));
        rowsBefore = table("market-data");
        recordsBefore = table("audit-trail");
        functionBefore = function();
        told = goals("import", "-DdryRun");
        unasked = goals("import");
        original.events.putTargets(request -> request.rule(original.named("trade-events-rule"))
                .eventBusName(original.named("market-data-bus"))
                .targets(Target.builder()
                        .id("second")
                        .arn(functionBefore.functionArn())
                        .build()));
        doubled = goals("import", "-Dyes");
        original.events.removeTargets(request -> request.rule(original.named("trade-events-rule"))
                .eventBusName(original.named("market-data-bus"))
                .ids("second"));
        recorder.takeCalls();
        Thread publisher = new Thread(this::publish, "publisher");
        publisher.start();
        try {
            adopted = goals("import", "-Dyes");
        } finally {
            enough.countDown();
            publisher.join();
        }
        importing = recorder.takeCalls();
        policies = goals("policy");
        misspelt = goals("policy", "-Dformat=xml");
        after = goals("import", "deploy", "query", "-Dyes", "-Dsymbol=OLD", "-Dfrom=2025-01-01T00:00:00Z");
    }

    @AfterAll
    void end() {
        runs.forEach(MavenRun::close);
        original.close();
        recorder.close();
        endpoint.close();
    }

    @Test
    void dryRunSaysWhatItWillTakeAndWhatItCannot() {
        assertThat(told.exitCode()).as(told.output()).isZero();
        assertThat(told.outputOf("import", 1))
                .containsPattern("= +market-data-dev +AWS::DynamoDB::Table +taken over with what it holds")
                .containsPattern("= +quote-events-rule-dev +AWS::Events::Rule +taken over")
                .contains("permissions AllowEventBridgeTradeInvoke, AllowEventBridgeQuoteInvoke: removed when")
                .contains("inline policies of the role")
                .contains("Nothing was touched (-DdryRun)")
                .doesNotContain("isn't there");
    }

    @Test
    void importWhenNobodyCanBeAskedNamesTheSwitch() {
        assertThat(unasked.exitCode()).isNotZero();
        assertThat(unasked.output()).contains("nobody can be asked here. Add -Dyes");
    }

    @Test
    void importWhenAnEventWouldArriveTwiceRefuses() {
        assertThat(doubled.exitCode()).isNotZero();
        assertThat(doubled.output())
                .contains(
                        "Rule trade-events-rule-dev hands events to the function by its target second",
                        "rename it to trade-lambda-target");
    }

    @Test
    void importTakesEverythingThatIsThereAndMakesTheRest() {
        assertThat(adopted.exitCode()).as(adopted.output()).isZero();
        assertThat(adopted.outputOf("import", 1))
                .containsPattern("taken over  MarketDataTable +AWS::DynamoDB::Table")
                .containsPattern("taken over  TradeEventsRule +AWS::Events::Rule")
                .contains("Updated stack market-pipeline-dev in")
                .contains("Removed the original's permission AllowEventBridgeTradeInvoke")
                .contains("Removed the original's permission AllowEventBridgeQuoteInvoke");
    }

    @Test
    void everyCallThatTheImportMadeIsGrantedByItsPolicy() throws Exception {
        assertThat(importing).isNotEmpty();
        assertThat(GrantedCalls.of(project, policies.outputOf("policy", 1)).denied(List.of("import"), importing))
                .isEmpty();
    }

    @Test
    void tablesAreTheOnesThatWereThere() {
        assertThat(table("market-data").tableId()).isEqualTo(rowsBefore.tableId());
        assertThat(table("market-data").creationDateTime()).isEqualTo(rowsBefore.creationDateTime());
        assertThat(table("audit-trail").creationDateTime()).isEqualTo(recordsBefore.creationDateTime());
    }

    @Test
    void queueKeepsItsMessages() {
        assertThat(original.sqs
                        .receiveMessage(request -> request.queueUrl(original.queueUrl()))
                        .messages())
                .singleElement()
                .satisfies(message -> assertThat(message.body()).isEqualTo("{\"old\":1}"));
    }

    @Test
    void functionHasThePipelinesConfigurationUnderItsOldName() {
        assertThat(function().functionArn()).isEqualTo(functionBefore.functionArn());
        assertThat(function().environment().variables())
                .containsKey("MARKET_PIPELINE_DEAD_LETTER_QUEUE_URL")
                .containsEntry("MARKET_DATA_TABLE", "market-data-dev");
    }

    @Test
    void rulesAimTheirOldTargetsAtTheAlias() {
        for (String kind : List.of("trade", "quote")) {
            assertThat(original.events
                            .listTargetsByRule(request -> request.rule(original.named(kind + "-events-rule"))
                                    .eventBusName(original.named("market-data-bus")))
                            .targets())
                    .singleElement()
                    .satisfies(target -> {
                        assertThat(target.id()).isEqualTo(kind + "-lambda-target");
                        assertThat(target.arn()).endsWith(":function:market-processor-dev:live");
                    });
        }
    }

    @Test
    void roleHasTheStacksPoliciesAlone() {
        String role = original.named("market-processor-lambda-role");
        assertThat(original.iam
                        .listRolePolicies(request -> request.roleName(role))
                        .policyNames())
                .containsExactlyInAnyOrder(
                        "lambda-dlq-policy-dev",
                        "lambda-dynamodb-policy-dev",
                        "lambda-logging-policy-dev",
                        "lambda-tracing-policy-dev");
        assertThat(original.iam
                        .getRolePolicy(request -> request.roleName(role).policyName("lambda-dynamodb-policy-dev"))
                        .policyDocument())
                .doesNotContain("GetItem");
    }

    @Test
    void functionItselfMayNoLongerBeInvokedByTheRules() {
        assertThatThrownBy(() -> original.lambda.getPolicy(request -> request.functionName("market-processor-dev")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void tagsOfTerraformGo() {
        assertThat(original.sqs
                        .listQueueTags(request -> request.queueUrl(original.queueUrl()))
                        .tags())
                .containsEntry("ManagedBy", "market-pipeline-maven-plugin")
                .containsEntry("Environment", "dev");
    }

    @Test
    void everyEventArrivesOnce() throws InterruptedException {
        Map<String, Integer> rows = awaitRows();
        Map<String, Integer> statuses = new HashMap<>();
        scan("audit-trail")
                .forEach(record -> statuses.merge(record.get("status").s(), 1, Integer::sum));

        assertThat(published.get()).isGreaterThan(10);
        assertThat(rows)
                .hasSize(published.get())
                .allSatisfy((id, times) -> assertThat(times).as(id).isEqualTo(1));
        assertThat(statuses).containsExactly(Map.entry("SUCCESS", published.get() + 1));
    }

    @Test
    void terraformLetsGoOfAllThatItMade() {
        assertThat(adopted.outputOf("import", 1).lines().filter(line -> line.contains("terraform state rm ")))
                .hasSize(18)
                .anyMatch(line -> line.endsWith("terraform state rm aws_dynamodb_table.market_data"))
                .anyMatch(line -> line.endsWith("terraform state rm aws_iam_role_policy.lambda_dlq"));
    }

    @Test
    void importWhenDoneAlreadyChangesNothing() {
        assertThat(after.outputOf("import", 1))
                .containsPattern("= +market-data-dev +AWS::DynamoDB::Table +is in the stack already")
                .contains("No changes: stack market-pipeline-dev is up to date")
                .doesNotContain("import 11 resources");
    }

    @Test
    void rowsThatTheOriginalWroteStayReadable() {
        assertThat(after.exitCode()).as(after.output()).isZero();
        assertThat(after.outputOf("query", 1))
                .containsPattern("OLD +NYSE +Trade Execution +150.25 +1000 +7f0c1a52-old")
                .contains("1 row");
    }

    @Test
    void policyWritesAFileForEachTask() {
        assertThat(policies.outputOf("policy", 1))
                .contains("deploy: for goals deploy, deploy-only, destroy, import")
                .contains("read: for goals audit, logs, outputs, query")
                .contains("They name no account: set <accountId>");
        assertThat(project.written("policy-operate-dev.json")).content().contains("\"events:PutEvents\"");
    }

    @Test
    void policyWhenTheFormatIsUnknownNamesTheFormats() {
        assertThat(misspelt.output()).contains("-Dformat is 'xml', must be table or json; example: -Dformat=json");
    }

    private MavenRun goals(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-Denv=dev", "-Dendpoint=" + recorder.uri()));
        all.addAll(List.of(arguments));
        MavenRun run = Maven.ofThisBuild().run(project, all.toArray(String[]::new));
        runs.add(run);
        return run;
    }

    private void publish() {
        try {
            do {
                int number = published.incrementAndGet();
                original.events.putEvents(request -> request.entries(PutEventsRequestEntry.builder()
                        .eventBusName(original.named("market-data-bus"))
                        .source("market.data")
                        .detailType(number % 2 == 0 ? "Market Quote" : "Trade Execution")
                        .detail("{\"event_id\":\"new-" + number + "\",\"symbol\":\"NEW\",\"exchange\":\"XNYS\","
                                + "\"price\":1.5,\"volume\":10,\"bid_price\":1.4,\"bid_size\":1,\"ask_price\":1.6,"
                                + "\"ask_size\":1}")
                        .build()));
            } while (!enough.await(PAUSE_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Rows of the published events, by identity. */
    private Map<String, Integer> awaitRows() throws InterruptedException {
        Instant end = Instant.now().plus(ARRIVAL_LIMIT);
        while (true) {
            Map<String, Integer> rows = new HashMap<>();
            scan("market-data").stream()
                    .map(row -> row.get("event_id").s())
                    .filter(id -> id.startsWith("new-"))
                    .forEach(id -> rows.merge(id, 1, Integer::sum));
            boolean recorded = scan("audit-trail").size() > published.get();
            if ((rows.size() >= published.get() && recorded) || Instant.now().isAfter(end)) {
                return rows;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    private List<Map<String, AttributeValue>> scan(String table) {
        return original.dynamoDb.scanPaginator(request -> request.tableName(original.named(table))).items().stream()
                .toList();
    }

    private TableDescription table(String name) {
        return original.dynamoDb
                .describeTable(request -> request.tableName(original.named(name)))
                .table();
    }

    private GetFunctionConfigurationResponse function() {
        return original.lambda.getFunctionConfiguration(request -> request.functionName("market-processor-dev"));
    }
}
