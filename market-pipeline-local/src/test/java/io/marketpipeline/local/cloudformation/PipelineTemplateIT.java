package io.marketpipeline.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.LocalOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftStatus;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The templates that the plugin generates, as its golden files have them, deployed as they are. */
class PipelineTemplateIT {
    private static final Path TEMPLATES = Path.of("..", "market-pipeline-maven-plugin", "src/test/resources/templates");
    private static final String BUCKET = "artifacts";
    private static final String CODE = "functions/" + "ab".repeat(32) + ".zip";

    private static LocalEndpoint endpoint;
    private static CloudFormationClient client;
    private static LambdaClient functions;
    private static S3Client storage;

    @BeforeAll
    static void start() throws IOException {
        endpoint = LocalEndpoint.start(LocalOptions.defaults().withPort(0));
        client = aim(CloudFormationClient.builder(), endpoint.uri()).build();
        functions = aim(LambdaClient.builder(), endpoint.uri()).build();
        storage = aim(S3Client.builder().forcePathStyle(true), endpoint.uri()).build();
        storage.createBucket(request -> request.bucket(BUCKET));
        storage.putObject(request -> request.bucket(BUCKET).key(CODE), RequestBody.fromBytes(zip()));
    }

    @AfterAll
    static void stop() {
        client.close();
        functions.close();
        storage.close();
        endpoint.close();
    }

    private static <B extends AwsClientBuilder<B, C>, C> B aim(B builder, URI uri) {
        return builder.endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    @ParameterizedTest
    @CsvSource({"minimal, market-processor-minimal", "prod, us-tape-market-processor-prod"})
    void pipelineIsDeployedUpdatedDeletedAndTakenOver(String name, String function) throws IOException {
        String template = Files.readString(TEMPLATES.resolve(name + ".yaml")).replace("-dev", "-" + name);

        String id = deploy(name, template, "one", ChangeSetType.CREATE, false);

        assertThat(functions
                        .getAlias(request -> request.functionName(function).name("live"))
                        .functionVersion())
                .isEqualTo("1");
        assertThat(functions
                        .getPolicy(request -> request.functionName(function).qualifier("live"))
                        .policy())
                .contains("events.amazonaws.com");
        assertThat(plan(name, template, "one", ChangeSetType.UPDATE, false))
                .startsWith("The submitted information didn't contain changes.");

        assertThat(drifts(name)).isEmpty();

        assertThat(deploy(name, template, "two", ChangeSetType.UPDATE, false)).isEqualTo(id);
        assertThat(drifts(name)).isEmpty();

        client.deleteStack(request -> request.stackName(name));
        assertThat(await(id)).as(reasons(id)).isEqualTo(StackStatus.DELETE_COMPLETE);
        assertThat(reasons(id)).contains("MarketDataTable DELETE_SKIPPED");

        deploy(name, template, "one", ChangeSetType.CREATE, true);
        assertThat(reasons(name)).contains("MarketDataTable IMPORT_COMPLETE", "AuditTrailTable IMPORT_COMPLETE");
    }

    @Test
    void bufferedPipelineIsAsItsTemplateSays() throws IOException {
        String template = Files.readString(TEMPLATES.resolve("buffered.yaml")).replace("-dev", "-buffered");

        deploy("buffered", template, "one", ChangeSetType.CREATE, false);

        assertThat(drifts("buffered")).isEmpty();
    }

    @Test
    void artifactBucketIsDeployed() throws IOException {
        String template = Files.readString(TEMPLATES.resolve("artifact-bucket.yaml"));
        deploy("artifact-bucket", template, "one", ChangeSetType.CREATE, false);
        client.deleteStack(request -> request.stackName("artifact-bucket"));
    }

    /** What detection finds, of resources whose type it knows: in a pipeline's stack, all. */
    private static List<String> drifts(String stack) {
        String id = client.detectStackDrift(request -> request.stackName(stack)).stackDriftDetectionId();
        var detected = client.describeStackDriftDetectionStatus(request -> request.stackDriftDetectionId(id));
        assertThat(detected.detectionStatusReason()).isNull();
        return client.describeStackResourceDrifts(request -> request.stackName(stack)).stackResourceDrifts().stream()
                .filter(drift -> drift.stackResourceDriftStatus() != StackResourceDriftStatus.IN_SYNC)
                .map(drift -> drift.logicalResourceId() + " " + drift.stackResourceDriftStatus() + " "
                        + drift.propertyDifferences())
                .toList();
    }

    private static String deploy(String stack, String template, String tag, ChangeSetType type, boolean importing) {
        String set = create(stack, template, tag, type, importing);
        String reason =
                client.describeChangeSet(request -> request.changeSetName(set)).statusReason();
        assertThat(reason).isNull();
        client.executeChangeSet(request -> request.changeSetName(set));
        StackStatus status = await(stack);
        assertThat(status.toString()).as(reasons(stack)).isEqualTo(type + "_COMPLETE");
        return stack(stack).stackId();
    }

    private static String plan(String stack, String template, String tag, ChangeSetType type, boolean importing) {
        String set = create(stack, template, tag, type, importing);
        return String.valueOf(
                client.describeChangeSet(request -> request.changeSetName(set)).statusReason());
    }

    private static String create(String stack, String template, String tag, ChangeSetType type, boolean importing) {
        List<Parameter> parameters = template.contains("\nParameters:")
                ? List.of(Parameter.builder()
                        .parameterKey("ArtifactBucket")
                        .parameterValue(BUCKET)
                        .build())
                : List.of();
        return client.createChangeSet(request -> request.stackName(stack)
                        .changeSetName("c" + System.nanoTime())
                        .changeSetType(type)
                        .importExistingResources(importing)
                        .capabilities(Capability.CAPABILITY_NAMED_IAM)
                        .parameters(parameters)
                        .tags(Tag.builder().key("Round").value(tag).build())
                        .templateBody(template))
                .id();
    }

    private static StackStatus await(String stack) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < deadline) {
            StackStatus status = stack(stack).stackStatus();
            if (!status.toString().endsWith("_IN_PROGRESS")) {
                return status;
            }
            LockSupport.parkNanos(20_000_000L);
        }
        throw new AssertionError(stack + " is still " + stack(stack).stackStatus());
    }

    private static Stack stack(String stack) {
        return client.describeStacks(request -> request.stackName(stack))
                .stacks()
                .get(0);
    }

    private static String reasons(String stack) {
        StringBuilder text = new StringBuilder();
        for (StackEvent event : client.describeStackEventsPaginator(request -> request.stackName(stack))
                .stackEvents()) {
            text.append(event.logicalResourceId()).append(' ').append(event.resourceStatusAsString());
            text.append(event.resourceStatusReason() == null ? "" : " " + event.resourceStatusReason());
            text.append('\n');
        }
        return text.toString();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("lib/readme.txt"));
            zip.write("no code".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
