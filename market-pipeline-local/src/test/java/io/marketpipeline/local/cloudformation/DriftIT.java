package io.marketpipeline.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.LocalOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AfterValueFrom;
import software.amazon.awssdk.services.cloudformation.model.AttributeChangeType;
import software.amazon.awssdk.services.cloudformation.model.BeforeValueFrom;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DeploymentMode;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceTargetDefinition;
import software.amazon.awssdk.services.cloudformation.model.StackDriftStatus;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDrift;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftStatus;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Changes the resources of a pipeline's stack past CloudFormation, looks what drift detection makes of it, and lets a
 * drift-aware change set put each right.
 */
class DriftIT {
    private static final Path TEMPLATE =
            Path.of("..", "market-pipeline-maven-plugin", "src/test/resources/templates/minimal.yaml");
    private static final String STACK = "drifting";
    private static final String FUNCTION = "market-processor-dev";
    private static final String QUEUE = "market-processor-dlq-dev";

    private static LocalEndpoint endpoint;
    private static CloudFormationClient client;
    private static LambdaClient functions;
    private static SqsClient queues;

    @BeforeAll
    static void deploy() throws IOException {
        endpoint = LocalEndpoint.start(LocalOptions.defaults().withPort(0));
        client = aim(CloudFormationClient.builder()).build();
        functions = aim(LambdaClient.builder()).build();
        queues = aim(SqsClient.builder()).build();
        try (S3Client storage = aim(S3Client.builder().forcePathStyle(true)).build()) {
            storage.createBucket(request -> request.bucket("artifacts"));
            storage.putObject(
                    request -> request.bucket("artifacts").key("functions/" + "ab".repeat(32) + ".zip"),
                    RequestBody.fromBytes(zip()));
        }
        String template = Files.readString(TEMPLATE);
        client.createStack(request -> request.stackName(STACK)
                .templateBody(template)
                .capabilities(Capability.CAPABILITY_NAMED_IAM)
                .parameters(Parameter.builder()
                        .parameterKey("ArtifactBucket")
                        .parameterValue("artifacts")
                        .build()));
        assertThat(settled()).isEqualTo("CREATE_COMPLETE");
    }

    @AfterAll
    static void stop() {
        queues.close();
        functions.close();
        client.close();
        endpoint.close();
    }

    @AfterEach
    void driftAwareUpdatePutsEverythingRight() {
        DescribeChangeSetResponse set = revert(CreateChangeSetRequest.builder().usePreviousTemplate(true));
        if (set.status() == ChangeSetStatus.FAILED) {
            assertThat(set.statusReason()).contains("didn't contain changes");
        } else {
            execute(set);
        }

        detect();
        assertThat(drifted()).isEmpty();
    }

    @Test
    void driftAwareChangeSetShowsWhatWasDeployedAndWhatIsThere() {
        functions.updateFunctionConfiguration(
                request -> request.functionName(FUNCTION).memorySize(2048));

        DescribeChangeSetResponse set = revert(CreateChangeSetRequest.builder().usePreviousTemplate(true));

        assertThat(set.deploymentMode()).isEqualTo(DeploymentMode.REVERT_DRIFT);
        assertThat(set.stackDriftStatus()).isEqualTo(StackDriftStatus.DRIFTED);
        ResourceChange change = only(set);
        assertThat(change.action()).isEqualTo(ChangeAction.MODIFY);
        assertThat(change.logicalResourceId()).isEqualTo("Function");
        assertThat(change.resourceDriftStatus()).isEqualTo(StackResourceDriftStatus.MODIFIED);
        assertThat(change.resourceDriftIgnoredAttributes())
                .extracting(ignored -> ignored.path() + " " + ignored.reasonAsString())
                .contains("/Properties/Code WRITE_ONLY_PROPERTY");
        assertThat(change.beforeContext()).contains("\"MemorySize\":2048");
        assertThat(change.previousDeploymentContext()).contains("\"MemorySize\":512");
        assertThat(change.details()).singleElement().satisfies(detail -> {
            ResourceTargetDefinition target = detail.target();
            assertThat(target.beforeValue()).isEqualTo("2048");
            assertThat(target.beforeValueFrom()).isEqualTo(BeforeValueFrom.ACTUAL_STATE);
            assertThat(target.afterValue()).isEqualTo("512");
            assertThat(target.afterValueFrom()).isEqualTo(AfterValueFrom.TEMPLATE);
            assertThat(target.drift().previousValue()).isEqualTo("512");
            assertThat(target.drift().actualValue()).isEqualTo("2048");
        });
    }

    @Test
    void driftAwareChangeSetMakesWhatWasDeletedAnew() {
        try (CloudWatchClient watch = aim(CloudWatchClient.builder()).build()) {
            String errors = physicalId("ErrorsAlarm");
            watch.deleteAlarms(request -> request.alarmNames(errors));

            DescribeChangeSetResponse set =
                    revert(CreateChangeSetRequest.builder().usePreviousTemplate(true));

            ResourceChange change = only(set);
            assertThat(change.action()).isEqualTo(ChangeAction.ADD);
            assertThat(change.physicalResourceId()).isEqualTo(errors);
            assertThat(change.resourceDriftStatus()).isEqualTo(StackResourceDriftStatus.DELETED);
            assertThat(change.beforeContext()).isNull();
            execute(set);
            assertThat(watch.describeAlarms(request -> request.alarmNames(errors))
                            .metricAlarms())
                    .hasSize(1);
        }
    }

    @Test
    void valueThatTheNewTemplateHasIsTakenAsItIs() throws IOException {
        functions.updateFunctionConfiguration(
                request -> request.functionName(FUNCTION).timeout(77));
        String changed = Files.readString(TEMPLATE).replace("Timeout: 30", "Timeout: 77");
        int before = events().size();

        DescribeChangeSetResponse set = revert(CreateChangeSetRequest.builder().templateBody(changed));
        ResourceChange change = set.changes().stream()
                .map(Change::resourceChange)
                .filter(one -> one.logicalResourceId().equals("Function"))
                .findFirst()
                .orElseThrow();
        assertThat(change.action()).isEqualTo(ChangeAction.SYNC_WITH_ACTUAL);
        assertThat(change.details())
                .extracting(detail -> detail.target().attributeChangeType())
                .containsOnly(AttributeChangeType.SYNC_WITH_ACTUAL);
        execute(set);

        List<String> after = events();
        assertThat(after.subList(0, after.size() - before)).contains(STACK).doesNotContain("Function");
        detect();
        assertThat(drifted()).isEmpty();
        execute(revert(CreateChangeSetRequest.builder().templateBody(Files.readString(TEMPLATE))));
    }

    @Test
    void failedUpdateGoesBackToWhatWasThereAndNotToWhatWasDeployed() throws IOException {
        queues.setQueueAttributes(request ->
                request.queueUrl(url()).attributes(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60")));
        String failing = Files.readString(TEMPLATE)
                .replace(
                        "\nResources:\n",
                        """

                        Resources:
                          Orphan:
                            Type: AWS::SQS::QueuePolicy
                            DependsOn: DeadLetterQueue
                            Properties:
                              Queues: [ 'http://127.0.0.1/000000000000/no-such-queue' ]
                              PolicyDocument: { Version: '2012-10-17', Statement: [] }
                        """);
        DescribeChangeSetResponse set = revert(CreateChangeSetRequest.builder().templateBody(failing));

        client.executeChangeSet(request -> request.changeSetName(set.changeSetId()));

        assertThat(settled()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
        assertThat(queues.getQueueAttributes(request ->
                                request.queueUrl(url()).attributeNames(QueueAttributeName.MESSAGE_RETENTION_PERIOD))
                        .attributes())
                .containsValue("60");
        assertThat(differences(drift("DeadLetterQueue")))
                .containsExactly("NOT_EQUAL /MessageRetentionPeriod 1209600 60");
    }

    @Test
    void stackInSyncHasNothingToRevert() {
        assertThat(revert(CreateChangeSetRequest.builder().usePreviousTemplate(true))
                        .statusReason())
                .startsWith("The submitted information didn't contain changes.");
    }

    @Test
    void driftAwareChangeSetOfANewStackIsRefused() {
        assertThatThrownBy(() -> client.createChangeSet(request -> request.stackName("new")
                        .changeSetName("revert")
                        .changeSetType(ChangeSetType.CREATE)
                        .deploymentMode(DeploymentMode.REVERT_DRIFT)
                        .templateBody("Resources: { Queue: { Type: 'AWS::SQS::Queue' } }")))
                .isInstanceOf(CloudFormationException.class)
                .hasMessageContaining("REVERT_DRIFT is only valid with ChangeSetType UPDATE");
    }

    @Test
    void settingOfTheFunctionIsShownWithBothValues() {
        functions.updateFunctionConfiguration(
                request -> request.functionName(FUNCTION).memorySize(2048));

        StackResourceDrift drift = drift("Function");

        assertThat(drift.stackResourceDriftStatus()).isEqualTo(StackResourceDriftStatus.MODIFIED);
        assertThat(differences(drift)).containsExactly("NOT_EQUAL /MemorySize 512 2048");
        assertThat(drift.expectedProperties()).contains("\"MemorySize\":512").doesNotContain("S3Key");
        assertThat(drift.actualProperties()).contains("\"MemorySize\":2048");
    }

    @Test
    void movedAliasIsShown() {
        functions.updateAlias(
                request -> request.functionName(FUNCTION).name("live").functionVersion("$LATEST"));

        assertThat(differences(drift("FunctionAlias"))).containsExactly("NOT_EQUAL /FunctionVersion 1 $LATEST");
    }

    @Test
    void removedPermissionIsDeleted() {
        String policy = functions
                .getPolicy(request -> request.functionName(FUNCTION).qualifier("live"))
                .policy();
        String statement = client.describeStackResource(
                        request -> request.stackName(STACK).logicalResourceId("AllowEventBridgeTradeInvoke"))
                .stackResourceDetail()
                .physicalResourceId();
        assertThat(policy).contains(statement);

        functions.removePermission(
                request -> request.functionName(FUNCTION).qualifier("live").statementId(statement));

        assertThat(drift("AllowEventBridgeTradeInvoke").stackResourceDriftStatus())
                .isEqualTo(StackResourceDriftStatus.DELETED);
    }

    @Test
    void attributeOfTheQueueIsANumberAsInTheTemplate() {
        queues.setQueueAttributes(request ->
                request.queueUrl(url()).attributes(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60")));

        assertThat(differences(drift("DeadLetterQueue")))
                .containsExactly("NOT_EQUAL /MessageRetentionPeriod 1209600 60");
    }

    @Test
    void removedPolicyOfTheQueueIsAChangeOfThePolicyAlone() {
        queues.setQueueAttributes(request -> request.queueUrl(url()).attributes(Map.of(QueueAttributeName.POLICY, "")));

        assertThat(drift("DeadLetterQueuePolicy").propertyDifferences())
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.propertyPath()).isEqualTo("/PolicyDocument");
                    assertThat(difference.differenceTypeAsString()).isEqualTo("REMOVE");
                    assertThat(difference.actualValue()).isEqualTo("null");
                });
    }

    @Test
    void protectionOfATableIsShown() {
        try (DynamoDbClient tables = aim(DynamoDbClient.builder()).build()) {
            tables.updateTable(request -> request.tableName("audit-trail-dev").deletionProtectionEnabled(true));
        }

        assertThat(differences(drift("AuditTrailTable")))
                .containsExactly("NOT_EQUAL /DeletionProtectionEnabled false true");
    }

    @Test
    void disabledRuleIsShown() {
        try (EventBridgeClient events = aim(EventBridgeClient.builder()).build()) {
            events.disableRule(request -> request.name("trade-events-rule-dev").eventBusName("market-data-bus-dev"));
        }

        assertThat(differences(drift("TradeEventsRule"))).containsExactly("NOT_EQUAL /State ENABLED DISABLED");
    }

    @Test
    void retentionOfTheLogIsShown() {
        try (CloudWatchLogsClient logs = aim(CloudWatchLogsClient.builder()).build()) {
            logs.putRetentionPolicy(
                    request -> request.logGroupName("/aws/lambda/" + FUNCTION).retentionInDays(1));
        }

        assertThat(differences(drift("FunctionLogGroup"))).containsExactly("NOT_EQUAL /RetentionInDays 30 1");
    }

    @Test
    void inlinePolicyThatSomebodyAddedIsAdded() {
        try (IamClient iam = aim(IamClient.builder()).build()) {
            String role = client.describeStackResource(
                            request -> request.stackName(STACK).logicalResourceId("FunctionRole"))
                    .stackResourceDetail()
                    .physicalResourceId();
            iam.putRolePolicy(request -> request.roleName(role)
                    .policyName("everything")
                    .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[]}"));
        }

        assertThat(drift("FunctionRole").propertyDifferences()).singleElement().satisfies(difference -> {
            assertThat(difference.propertyPath()).startsWith("/Policies/");
            assertThat(difference.differenceTypeAsString()).isEqualTo("ADD");
            assertThat(difference.actualValue()).contains("everything");
        });
    }

    @Test
    void deletedDashboardIsDeletedAndTheStackHasDrifted() {
        try (CloudWatchClient watch = aim(CloudWatchClient.builder()).build()) {
            watch.deleteDashboards(request -> request.dashboardNames(client.describeStackResource(
                            resource -> resource.stackName(STACK).logicalResourceId("Dashboard"))
                    .stackResourceDetail()
                    .physicalResourceId()));
        }

        assertThat(drift("Dashboard").stackResourceDriftStatus()).isEqualTo(StackResourceDriftStatus.DELETED);
        assertThat(client.describeStacks(request -> request.stackName(STACK))
                        .stacks()
                        .get(0)
                        .driftInformation()
                        .stackDriftStatus())
                .isEqualTo(StackDriftStatus.DRIFTED);
    }

    @Test
    void unknownDetectionIsRefused() {
        assertThatThrownBy(() ->
                        client.describeStackDriftDetectionStatus(request -> request.stackDriftDetectionId("of-nobody")))
                .isInstanceOf(CloudFormationException.class)
                .hasMessageContaining("Drift detection [of-nobody] does not exist");
    }

    /** What the detection finds of one resource. */
    private static StackResourceDrift drift(String logicalId) {
        String id = client.detectStackDrift(request -> request.stackName(STACK).logicalResourceIds(logicalId))
                .stackDriftDetectionId();
        var status = client.describeStackDriftDetectionStatus(request -> request.stackDriftDetectionId(id));
        assertThat(status.detectionStatusReason()).isNull();
        return client
                .describeStackResourceDrifts(request -> request.stackName(STACK)
                        .stackResourceDriftStatusFilters(
                                StackResourceDriftStatus.MODIFIED, StackResourceDriftStatus.DELETED))
                .stackResourceDrifts()
                .stream()
                .filter(drift -> drift.logicalResourceId().equals(logicalId))
                .findFirst()
                .orElseThrow();
    }

    private static void detect() {
        client.detectStackDrift(request -> request.stackName(STACK));
    }

    private static List<String> drifted() {
        return client
                .describeStackResourceDrifts(request -> request.stackName(STACK)
                        .stackResourceDriftStatusFilters(
                                StackResourceDriftStatus.MODIFIED, StackResourceDriftStatus.DELETED))
                .stackResourceDrifts()
                .stream()
                .map(drift -> drift.logicalResourceId() + " " + differences(drift))
                .toList();
    }

    private static DescribeChangeSetResponse revert(CreateChangeSetRequest.Builder template) {
        String id = client.createChangeSet(template.stackName(STACK)
                        .changeSetName("revert-" + System.nanoTime())
                        .deploymentMode(DeploymentMode.REVERT_DRIFT)
                        .capabilities(Capability.CAPABILITY_NAMED_IAM)
                        .parameters(Parameter.builder()
                                .parameterKey("ArtifactBucket")
                                .usePreviousValue(true)
                                .build())
                        .build())
                .id();
        return client.describeChangeSet(request -> request.changeSetName(id).includePropertyValues(true));
    }

    private static void execute(DescribeChangeSetResponse set) {
        client.executeChangeSet(request -> request.changeSetName(set.changeSetId()));
        assertThat(settled()).isEqualTo("UPDATE_COMPLETE");
    }

    private static ResourceChange only(DescribeChangeSetResponse set) {
        assertThat(set.changes()).hasSize(1);
        return set.changes().get(0).resourceChange();
    }

    private static String physicalId(String logicalId) {
        return client.describeStackResource(request -> request.stackName(STACK).logicalResourceId(logicalId))
                .stackResourceDetail()
                .physicalResourceId();
    }

    /** What something happened to, the latest first. */
    private static List<String> events() {
        return client.describeStackEventsPaginator(request -> request.stackName(STACK)).stackEvents().stream()
                .map(StackEvent::logicalResourceId)
                .toList();
    }

    private static List<String> differences(StackResourceDrift drift) {
        return drift.propertyDifferences().stream()
                .map(difference -> difference.differenceTypeAsString() + " " + difference.propertyPath() + " "
                        + difference.expectedValue() + " " + difference.actualValue())
                .toList();
    }

    private static String url() {
        return queues.getQueueUrl(request -> request.queueName(QUEUE)).queueUrl();
    }

    private static String settled() {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < deadline) {
            String status = client.describeStacks(request -> request.stackName(STACK))
                    .stacks()
                    .get(0)
                    .stackStatusAsString();
            if (!status.endsWith("_IN_PROGRESS")) {
                return status;
            }
            LockSupport.parkNanos(20_000_000L);
        }
        throw new AssertionError("The stack did not settle within a minute");
    }

    private static <B extends AwsClientBuilder<B, C>, C> B aim(B builder) {
        return builder.endpointOverride(endpoint.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
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
