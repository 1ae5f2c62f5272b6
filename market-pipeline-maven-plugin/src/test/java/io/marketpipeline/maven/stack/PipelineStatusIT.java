package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.QueueDepth;
import io.marketpipeline.maven.config.PipelineConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The status of pipelines in the real local endpoint. */
class PipelineStatusIT {
    private static final DeployOptions REVERTING = DeployOptions.CAREFUL.revertingDrift(true);

    @TempDir
    private static Path directory;

    private static LivePipeline pipeline;

    @BeforeAll
    static void start() throws Exception {
        pipeline = LivePipeline.start(directory);
    }

    @AfterAll
    static void end() {
        pipeline.close();
    }

    @BeforeEach
    void forget() {
        pipeline.forget();
    }

    @Test
    void statusOfAFreshPipelineHasNothingToTell() throws Exception {
        PipelineConfig config = pipeline.config("fresh");
        pipeline.deploy(config, "one");

        String status = status(config);

        assertThat(status)
                .containsPattern("Stack    market-pipeline-fresh  CREATE_COMPLETE since 20")
                .containsPattern("Live     version 1, published 20.*, code [0-9a-f]{12}; 1 version kept")
                .containsPattern("market-processor-dlq-fresh +dead letters +empty")
                .contains("Errors   none in the function's log since")
                .contains("Drift    none: everything is as it was deployed")
                .containsPattern("MarketDataTableName +market-data-fresh");
    }

    @Test
    void statusTellsWhatWasChangedByHandPropertyByProperty() throws Exception {
        PipelineConfig config = pipeline.config("hand");
        pipeline.deploy(config, "one");
        try (AwsClients clients = pipeline.clients(config)) {
            clients.lambda()
                    .updateFunctionConfiguration(request ->
                            request.functionName(config.names().function()).memorySize(2048));
            clients.sqs().setQueueAttributes(request -> request.queueUrl(queue(clients, config))
                    .attributes(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60")));
            clients.eventBridge().putTargets(request -> request.rule("trade-events-rule-hand")
                    .eventBusName(config.names().eventBus())
                    .targets(Target.builder()
                            .id("mine")
                            .arn("arn:aws:sqs:us-east-1:000000000000:mine")
                            .build()));
        }

        String status = status(config);

        assertThat(status)
                .contains("3 resources changed by hand")
                .containsPattern("~ Function  AWS::Lambda::Function  market-processor-hand")
                .containsPattern("MemorySize +expected 512, is 2048")
                .containsPattern("MessageRetentionPeriod +expected 1209600, is 60")
                .containsPattern("Targets.1 +added: .*mine");
    }

    @Test
    void statusTellsWhatWasDeletedByHand() throws Exception {
        PipelineConfig config = pipeline.config("deleted");
        pipeline.deploy(config, "one");
        try (AwsClients clients = pipeline.clients(config)) {
            clients.eventBridge()
                    .deleteArchive(request -> request.archiveName(clients.cloudFormation()
                            .describeStackResource(resource ->
                                    resource.stackName(config.names().stack()).logicalResourceId("EventArchive"))
                            .stackResourceDetail()
                            .physicalResourceId()));
        }

        assertThat(status(config)).containsPattern("- EventArchive  AWS::Events::Archive  .*  was deleted");
    }

    @Test
    void statusExplainsARollback() throws Exception {
        PipelineConfig config = pipeline.config("rolled");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two");
        try (AwsClients clients = pipeline.clients(config)) {
            new PipelineRollback(clients, config, pipeline.console()).to(OptionalInt.empty());
        }

        String status = status(config);

        assertThat(status)
                .contains("the stack stands for version 2: Rolled back from version 2 to version 1 at 20")
                .contains("= FunctionAlias  not by hand: Rolled back from version 2 to version 1")
                .contains("Drift    none");
    }

    @Test
    void statusWhenSomebodyMovedTheAliasSaysSo() throws Exception {
        PipelineConfig config = pipeline.config("moved");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two");
        try (AwsClients clients = pipeline.clients(config)) {
            clients.lambda()
                    .updateAlias(request -> request.functionName(config.names().function())
                            .name("live")
                            .functionVersion("1"));
        }

        assertThat(status(config))
                .contains("the stack stands for version 2: somebody moved live by hand")
                .containsPattern("~ FunctionAlias")
                .containsPattern("FunctionVersion +expected 2, is 1");
    }

    @Test
    void statusTellsAFastDeploymentFromADrift() throws Exception {
        PipelineConfig config = pipeline.config("quick");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two", true);

        assertThat(status(config))
                .contains("= Function  not by hand: Fast deployment of version 2")
                .contains("Drift    none");
    }

    @Test
    void statusShowsAlarmsDeadLettersAndErrors() throws Exception {
        PipelineConfig config = pipeline.config("ill");
        pipeline.deploy(config, "one");
        try (AwsClients clients = pipeline.clients(config)) {
            clients.sqs().sendMessage(request -> request.queueUrl(queue(clients, config))
                    .messageBody("{}"));
            String group = config.names().logGroup();
            clients.logs()
                    .createLogStream(request -> request.logGroupName(group).logStreamName("test"));
            clients.logs().putLogEvents(request -> request.logGroupName(group)
                    .logStreamName("test")
                    .logEvents(InputLogEvent.builder()
                            .timestamp(System.currentTimeMillis())
                            .message("{\"level\":\"ERROR\",\"message\":\"event failed\",\"eventId\":\"e-1\","
                                    + "\"problem\":\"the table is gone\"}")
                            .build()));

            waitForAlarm(clients, "market-processor-dlq-depth-ill");

            assertThat(status(config))
                    .contains("Alarms   1 ALARM, ")
                    .containsPattern("ALARM  market-processor-dlq-depth-ill since 20.*Threshold Crossed: .*\\[1.0]")
                    .containsPattern("market-processor-dlq-ill +dead letters +1 \\(0 received and not deleted\\)")
                    .contains("Z  event failed, e-1: the table is gone\n");
        }
    }

    /** An alarm that is set by hand falls back at the next evaluation, as on AWS; a letter that lies there keeps it. */
    private static void waitForAlarm(AwsClients clients, String name) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (clients.cloudWatch()
                        .describeAlarms(request -> request.alarmNames(name).stateValue(StateValue.ALARM))
                        .metricAlarms()
                        .isEmpty()
                && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    @Test
    void statusOfBufferedDeliveryTellsBothQueuesAndAMappingThatWasDisabled() throws Exception {
        PipelineConfig config = pipeline.config("buffered", Map.of("delivery", "buffered"));
        pipeline.deploy(config, "one");
        assertThat(status(config))
                .containsPattern("market-processor-dlq-buffered +dead letters +empty")
                .containsPattern("market-processor-queue-buffered +events +empty")
                .contains("Drift    none: everything is as it was deployed")
                .containsPattern("EventQueueUrl +http");
        try (AwsClients clients = pipeline.clients(config)) {
            String mapping = clients.lambda()
                    .listEventSourceMappings(
                            request -> request.functionName(config.names().function() + ":live"))
                    .eventSourceMappings()
                    .get(0)
                    .uuid();
            clients.lambda()
                    .updateEventSourceMapping(request -> request.uuid(mapping).enabled(false));
            String url = clients.sqs()
                    .getQueueUrl(request -> request.queueName(config.names().eventQueue()))
                    .queueUrl();
            sendOneThatStays(clients.sqs(), url);

            assertThat(status(config))
                    .containsPattern("market-processor-queue-buffered +events +1 \\([01] received and not deleted\\)")
                    .containsPattern("~ EventQueueMapping  AWS::Lambda::EventSourceMapping")
                    .containsPattern("Enabled +expected true, is false");
            JsonNode queues = queuesOnceMeasured(clients, config);
            assertThat(queues.findValuesAsText("deadLetters")).containsExactly("true", "false");
            assertThat(queues.get(1).has("oldestSeconds")).isTrue();
        }
    }

    /** The mapping's last receive, of a second, may still be under way, and takes what comes: then it is a dead letter. */
    private static void sendOneThatStays(SqsClient client, String url) {
        do {
            client.sendMessage(request -> request.queueUrl(url).messageBody("{}"));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_500));
        } while (onceNoneIsHeld(client, url).waiting() == 0);
    }

    /** A function process that is only starting holds what it was given, and that would count besides the one that stays. */
    private static QueueDepth onceNoneIsHeld(SqsClient client, String url) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        QueueDepth depth = QueueDepth.of(client, url);
        while (depth.held() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            depth = QueueDepth.of(client, url);
        }
        return depth;
    }

    /** An age is CloudWatch's, which the endpoint measures once a second. */
    private static JsonNode queuesOnceMeasured(AwsClients clients, PipelineConfig config) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        JsonNode queues;
        do {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            queues = new ObjectMapper()
                    .readTree(StatusText.json(look(clients, config)))
                    .path("queues");
        } while (!queues.get(1).has("oldestSeconds") && System.nanoTime() < end);
        return queues;
    }

    @Test
    void jsonHasTheSameInParts() throws Exception {
        PipelineConfig config = pipeline.config("json");
        pipeline.deploy(config, "one");
        try (AwsClients clients = pipeline.clients(config)) {
            clients.logs()
                    .putRetentionPolicy(request ->
                            request.logGroupName(config.names().logGroup()).retentionInDays(1));

            JsonNode json = new ObjectMapper().readTree(StatusText.json(look(clients, config)));

            assertThat(json.path("status").asText()).isEqualTo("CREATE_COMPLETE");
            assertThat(json.path("live").path("deployedVersion").asInt()).isEqualTo(1);
            assertThat(json.path("live").path("moved").asBoolean()).isFalse();
            JsonNode drift = json.path("drift").path("resources").path(0);
            assertThat(drift.path("logicalId").asText()).isEqualTo("FunctionLogGroup");
            assertThat(drift.path("properties").path(0).path("path").asText()).isEqualTo("/RetentionInDays");
            assertThat(drift.path("properties").path(0).path("actual").asText()).isEqualTo("1");
        }
    }

    @Test
    void planSaysWhatADeployMakesOfChangesByHand() throws Exception {
        PipelineConfig config = pipeline.config("planned");
        pipeline.deploy(config, "one");
        try (AwsClients clients = pipeline.clients(config)) {
            clients.lambda().updateFunctionConfiguration(request -> request.functionName(
                            config.names().function())
                    .memorySize(2048)
                    .timeout(77));
            clients.logs()
                    .putRetentionPolicy(request ->
                            request.logGroupName(config.names().logGroup()).retentionInDays(1));
        }

        Plan plan = pipeline.plan(pipeline.config("planned", Map.of("memory", "1024")), "one");

        assertThat(plan.notes())
                .contains(
                        "Changed by hand: Function MemorySize expected 512, is 2048. A deploy overwrites it",
                        "Changed by hand: Function Timeout expected 30, is 77. A deploy may overwrite it, since it"
                                + " changes that resource",
                        "Changed by hand: FunctionLogGroup RetentionInDays expected 30, is 1. A deploy leaves it as it"
                                + " is",
                        "-DrevertDrift lets plan and deploy put back, too, what was changed by hand");
    }

    @Test
    void deployWhenDriftIsToBeRevertedPutsBackWhatWasChangedAndDeletedByHand() throws Exception {
        PipelineConfig config = pipeline.config("reverted");
        pipeline.deploy(config, "one");
        try (AwsClients clients = pipeline.clients(config)) {
            clients.lambda()
                    .updateFunctionConfiguration(request ->
                            request.functionName(config.names().function()).memorySize(2048));
            clients.eventBridge()
                    .deleteArchive(request -> request.archiveName(config.names().archive()));
        }

        Plan plan = pipeline.plan(config, "one", REVERTING);

        assertThat(plan.changes())
                .extracting(Change::line)
                .containsExactlyInAnyOrder(
                        "+ EventArchive  AWS::Events::Archive  was deleted by hand, is made anew",
                        "~ Function  AWS::Lambda::Function  (MemorySize)");
        assertThat(plan.of(Change.Kind.MODIFY).get(0).properties())
                .extracting(PropertyChange::line)
                .containsExactly("MemorySize: 2048 (by hand, was 512) -> 512");
        assertThat(plan.losses()).isEmpty();
        assertThat(plan.notes())
                .containsExactly(
                        "Deleted by hand: EventArchive (AWS::Events::Archive). A deploy makes it anew",
                        "Changed by hand: Function MemorySize expected 512, is 2048. A deploy puts it back");
        assertThat(status(config)).contains("2 resources changed by hand");

        assertThat(pipeline.deploy(config, "one", false, REVERTING).kind()).isEqualTo(StackResult.Kind.UPDATED);

        assertThat(status(config)).contains("Drift    none");
        assertThat(pipeline.plan(config, "one", REVERTING).empty()).isTrue();
        assertThat(pipeline.deploy(config, "one", false, REVERTING).kind()).isEqualTo(StackResult.Kind.UNCHANGED);
    }

    @Test
    void deployWhenDriftIsToBeRevertedEndsARollback() throws Exception {
        PipelineConfig config = pipeline.config("rewound");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two");
        try (AwsClients clients = pipeline.clients(config)) {
            new PipelineRollback(clients, config, pipeline.console()).to(OptionalInt.empty());
        }

        assertThat(pipeline.plan(config, "two", REVERTING).empty()).isFalse();
        pipeline.deploy(config, "two", false, REVERTING);

        assertThat(pipeline.live(config)).isEqualTo("2");
        assertThat(status(config)).contains("Drift    none").doesNotContain("Rolled back");
    }

    @Test
    void fastDeployThatShallRevertDriftIsRefused() {
        assertThatThrownBy(() -> pipeline.deploy(pipeline.config("hasty"), "one", true, REVERTING))
                .hasMessageContaining("Leave out -Dfast or -DrevertDrift. Nothing was touched");
    }

    @Test
    void planAfterARollbackSaysThatADeployEndsIt() throws Exception {
        PipelineConfig config = pipeline.config("ended");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two");
        try (AwsClients clients = pipeline.clients(config)) {
            new PipelineRollback(clients, config, pipeline.console()).to(OptionalInt.empty());
        }

        Plan plan = pipeline.plan(config, "two");

        assertThat(plan.empty()).isFalse();
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .startsWith("FunctionAlias: Rolled back from version 2 to version 1")
                .endsWith("deploy ends it");
    }

    @Test
    void statusHidesWhatLooksSecret() throws Exception {
        PipelineConfig config = pipeline.config("secret");
        pipeline.deploy(config, "one");
        try (AwsClients clients = pipeline.clients(config)) {
            String function = config.names().function();
            Map<String, String> variables = new TreeMap<>(clients.lambda()
                    .getFunctionConfiguration(request -> request.functionName(function))
                    .environment()
                    .variables());
            variables.put("VENDOR_API_KEY", "s3cr3t");
            clients.lambda().updateFunctionConfiguration(request -> request.functionName(function)
                    .environment(env -> env.variables(variables)));
        }

        assertThat(status(config))
                .contains("Environment.Variables.VENDOR_API_KEY")
                .doesNotContain("s3cr3t");
    }

    @Test
    void statusWhenNothingIsDeployedNamesDeploy() {
        assertThatThrownBy(() -> status(pipeline.config("nothing")))
                .hasMessageContaining("There is no stack market-pipeline-nothing")
                .hasMessageContaining("mvn market-pipeline:deploy -Denv=nothing");
    }

    private static String status(PipelineConfig config) throws InterruptedException {
        pipeline.forget();
        try (AwsClients clients = pipeline.clients(config)) {
            StatusText.print(look(clients, config), pipeline.console());
        }
        return pipeline.results();
    }

    private static StatusReport look(AwsClients clients, PipelineConfig config) throws InterruptedException {
        return new PipelineStatus(clients, config).look(Instant.now().minus(Duration.ofHours(1)), true);
    }

    private static String queue(AwsClients clients, PipelineConfig config) {
        return clients.sqs()
                .getQueueUrl(request -> request.queueName(config.names().deadLetterQueue()))
                .queueUrl();
    }
}
