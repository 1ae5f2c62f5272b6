package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.artifact.Packager;
import io.marketpipeline.maven.artifact.ProjectFiles;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.CallerIdentity;
import io.marketpipeline.maven.config.ConfigurationReader;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Switches;
import io.marketpipeline.maven.endpoint.EndpointOptions;
import io.marketpipeline.maven.endpoint.EndpointProcess;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.schema.StackOutputs;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Stacks in the real local endpoint, which runs as the process that {@code start} starts. */
class PipelineStackIT {
    private static final String HANDLER = "com.example.tape.TapeHandler";

    @TempDir
    private static Path directory;

    private static EndpointProcess endpoint;

    private final List<String> lines = new ArrayList<>();
    private final Console console = Console.of(lines::add, lines::add, System.out, false, false);

    @BeforeAll
    static void startEndpoint() throws Exception {
        endpoint = EndpointProcess.start(new EndpointOptions(
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList(),
                0,
                "us-east-1",
                "000000000000",
                directory.resolve("local.log"),
                List.of()));
    }

    @AfterAll
    static void endEndpoint() {
        endpoint.close();
    }

    @Test
    void credentialsAreWrittenNowhere() throws Exception {
        Map<String, String> credentials = Map.of(
                "aws.accessKeyId", "AKIAZQ7KEYOFTHEUSER",
                "aws.secretAccessKey", "zq7SecretKeyOfTheUser/wJalrXUtnFEMI",
                "aws.sessionToken", "zq7SessionTokenOfTheUser//////////IQoJb3JpZ2luX2Vj");
        credentials.forEach(System::setProperty);
        try {
            deploy(config("secret", 512));
            plan(config("secret", 1024));
            try (AwsClients clients = AwsClients.of(config("secret", 512))) {
                new PipelineRemoval(clients, config("secret", 512), console).remove("000000000000", true);
            }
        } finally {
            credentials.keySet().forEach(System::clearProperty);
        }

        assertThat(String.join("\n", lines)).contains("Deleted stack").doesNotContain(credentials.values());
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> written = files.filter(Files::isRegularFile).toList();
            assertThat(written).contains(directory.resolve("local.log"), directory.resolve("outputs-secret.json"));
            for (Path file : written) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(credentials.values());
            }
        }
    }

    @Test
    void deployWhenNothingDiffersSaysSo() throws Exception {
        assertThat(deploy(config("same", 512)).kind()).isEqualTo(StackResult.Kind.CREATED);
        lines.clear();

        assertThat(deploy(config("same", 512)).kind()).isEqualTo(StackResult.Kind.UNCHANGED);
        assertThat(lines).anyMatch(line -> line.contains("No changes: stack market-pipeline-same is up to date"));
    }

    @Test
    void deployWritesTheOutputs() throws Exception {
        StackResult result = deploy(config("outputs", 512));

        assertThat(result.outputs()).containsEntry(StackOutputs.EVENT_BUS_NAME, "market-data-bus-outputs");
        assertThat(directory.resolve("outputs-outputs.properties"))
                .content()
                .contains("MarketDataTableName=market-data-outputs");
        assertThat(directory.resolve("outputs-outputs.json")).content().contains("\"EventBusArn\": \"arn:aws:events:");
    }

    @Test
    void deployWhenMemoryDiffersUpdatesTheFunction() throws Exception {
        deploy(config("update", 512));
        lines.clear();

        assertThat(deploy(config("update", 1024)).kind()).isEqualTo(StackResult.Kind.UPDATED);
        assertThat(lines).anyMatch(line -> line.contains("~ ") && line.contains("AWS::Lambda::Function"));
        try (AwsClients clients = AwsClients.of(config("update", 1024))) {
            assertThat(clients.lambda()
                            .getFunctionConfiguration(request -> request.functionName("market-processor-update"))
                            .memorySize())
                    .isEqualTo(1024);
        }
    }

    @Test
    void planOfAFirstDeployLeavesNothing() throws Exception {
        PipelineConfig config = config("planned", 512);

        Plan plan = plan(config);

        assertThat(plan.create()).isTrue();
        assertThat(plan.of(Change.Kind.ADD)).extracting(Change::logicalId).contains("MarketDataTable", "Function");
        assertThat(plan.losses()).isEmpty();
        try (AwsClients clients = AwsClients.of(config)) {
            assertThat(clients.cloudFormation().describeStacks().stacks())
                    .extracting(stack -> stack.stackName())
                    .doesNotContain("market-pipeline-planned");
        }
        assertThat(directory.resolve("plan-planned.json")).content().contains("\"changes\" : true", "\"markdown\"");
    }

    @Test
    void planOfAnUpdateTellsOldAndNewValues() throws Exception {
        deploy(config("compared", 512));

        Plan plan = plan(config("compared", 1024));

        assertThat(lines).anyMatch(line -> line.strip().equals("MemorySize: 512 -> 1024"));
        assertThat(plan.released()).extracting(Change::type).containsExactly("AWS::Lambda::Version");
        assertThat(plan(config("compared", 512)).empty()).isTrue();
        try (AwsClients clients = AwsClients.of(config("compared", 512))) {
            assertThat(clients.cloudFormation()
                            .listChangeSets(request -> request.stackName("market-pipeline-compared"))
                            .summaries())
                    .extracting(set -> set.executionStatusAsString())
                    .doesNotContain("AVAILABLE");
        }
    }

    @Test
    void deployWhenTheArchiveWouldGoRefusesUnlessToldOtherwise() throws Exception {
        deploy(config("archive", 512));
        PipelineConfig without = config(
                "archive",
                512,
                Element.group("archive").value("enabled", "false").build());

        assertThatThrownBy(() -> deploy(without))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("EventArchive (AWS::Events::Archive")
                .hasMessageContaining("would be DELETED with its archived events");
        assertThat(deploy(without, DeployOptions.CAREFUL.allowingDataLoss()).kind())
                .isEqualTo(StackResult.Kind.UPDATED);
    }

    @Test
    void deployOfTwoIndexesAtOnceMakesOneAfterTheOther() throws Exception {
        PipelineConfig config = config("staged", 512);
        try (AwsClients clients = AwsClients.of(config)) {
            RecordingListener listener = new RecordingListener();
            StackDeployer deployer = new StackDeployer(clients, template -> "", listener);
            deployer.deploy(indexed("a"), DeployOptions.CAREFUL);

            deployer.deploy(indexed("b", "c"), DeployOptions.CAREFUL);

            assertThat(listener.steps).contains("Update 1 of 3: Table: make index by-b", "Update 3 of 3: all else");
            assertThat(clients.dynamoDb()
                            .describeTable(request -> request.tableName("indexed"))
                            .table()
                            .globalSecondaryIndexes())
                    .extracting(index -> index.indexName())
                    .containsExactlyInAnyOrder("by-b", "by-c");
        }
    }

    @Test
    void deployWhenSomebodyDeletedTheArtifactBucketMakesItAnew() throws Exception {
        deploy(config("bucketless", 512));
        PipelineConfig changed = config("bucketless", 1024);
        try (AwsClients clients = AwsClients.of(changed)) {
            String bucket = "market-pipeline-artifacts-000000000000-us-east-1";
            clients.s3()
                    .listObjectsV2(request -> request.bucket(bucket))
                    .contents()
                    .forEach(object -> clients.s3()
                            .deleteObject(request -> request.bucket(bucket).key(object.key())));
            clients.s3().deleteBucket(request -> request.bucket(bucket));
            lines.clear();

            assertThat(deploy(changed).kind()).isEqualTo(StackResult.Kind.UPDATED);

            assertThat(lines).anyMatch(line -> line.contains("ArtifactBucket") && line.contains("made anew"));
            assertThat(lines).anyMatch(line -> line.startsWith("Uploaded the function"));
        }
    }

    @Test
    void deployWhenQueueExistsAlreadyNamesIt() throws Exception {
        PipelineConfig config = config("taken", 512);
        try (AwsClients clients = AwsClients.of(config)) {
            clients.sqs().createQueue(request -> request.queueName("market-processor-dlq-taken")
                    .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "77")));
        }

        assertThatThrownBy(() -> deploy(config))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("AWS::SQS::Queue")
                .hasMessageContaining("market-processor-dlq-taken");
    }

    @Test
    void destroyKeepsTablesAndDeployTakesThemOver() throws Exception {
        PipelineConfig config = config("kept", 512);
        deploy(config);
        try (AwsClients clients = AwsClients.of(config)) {
            put(clients);
            new PipelineRemoval(clients, config, console).remove("000000000000", false);
            assertThat(lines).anyMatch(line -> line.contains("= market-data-kept"));

            assertThat(deploy(config).kind()).isEqualTo(StackResult.Kind.CREATED);
            assertThat(rows(clients)).isEqualTo(1);
            assertThat(lines).anyMatch(line -> line.contains("taken over with its data"));
        }
    }

    @Test
    void destroyWithDataDeletesTheTables() throws Exception {
        PipelineConfig config = config("gone", 512);
        deploy(config);
        try (AwsClients clients = AwsClients.of(config)) {
            new PipelineRemoval(clients, config, console).remove("000000000000", true);

            assertThat(clients.dynamoDb().listTables().tableNames())
                    .doesNotContain("market-data-gone", "audit-trail-gone");
        }
    }

    private static StackSpec indexed(String... attributes) {
        return new StackSpec(
                "market-pipeline-staged", IndexStagesTest.table(attributes), Map.of(), Map.of("Team", "tape"), false);
    }

    private Plan plan(PipelineConfig config) throws IOException, InterruptedException {
        try (AwsClients clients = AwsClients.of(config)) {
            return new PipelinePlan(clients, config, console)
                    .make(clients.check(), Packager.pack(config, project()), DeployOptions.CAREFUL);
        }
    }

    private StackResult deploy(PipelineConfig config) throws IOException, InterruptedException {
        return deploy(config, DeployOptions.CAREFUL);
    }

    private StackResult deploy(PipelineConfig config, DeployOptions options) throws IOException, InterruptedException {
        try (AwsClients clients = AwsClients.of(config)) {
            CallerIdentity caller = clients.check();
            return new PipelineDeployment(clients, config, console)
                    .deploy(caller, Packager.pack(config, project()), options, false);
        }
    }

    private static PipelineConfig config(String environment, int memory, Element... more) {
        Element.Builder elements = Element.group("configuration")
                .element(Element.group("function")
                        .value("handler", HANDLER)
                        .value("memory", Integer.toString(memory))
                        .build());
        for (Element element : more) {
            elements.element(element);
        }
        return ConfigurationReader.read(elements.build(), Switches.ofEnvironment(environment, directory))
                .at(endpoint.uri());
    }

    /** These tests deploy the function and don't invoke it. */
    private static ProjectFiles project() throws IOException {
        Path classes = directory.resolve("classes");
        Path handler = classes.resolve(HANDLER.replace('.', '/') + ".class");
        Files.createDirectories(classes.resolve("com/example/tape"));
        Files.writeString(handler, "a class");
        return new ProjectFiles("tape", classes, List.of());
    }

    private static void put(AwsClients clients) {
        clients.dynamoDb().putItem(request -> request.tableName("market-data-kept")
                .item(Map.of(
                        MarketDataTable.EVENT_ID, AttributeValue.fromS("trade-1"),
                        AuditTrailTable.TIMESTAMP, AttributeValue.fromN("1"))));
    }

    private static int rows(AwsClients clients) {
        return clients.dynamoDb()
                .scan(request -> request.tableName("market-data-kept"))
                .count();
    }
}
