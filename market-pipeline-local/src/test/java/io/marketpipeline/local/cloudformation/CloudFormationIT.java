package io.marketpipeline.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.LocalOptions;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.OnStackFailure;
import software.amazon.awssdk.services.cloudformation.model.OperationEvent;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceToImport;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** CloudFormation as the AWS SDK sees it, with the endpoint's real engines behind it. */
class CloudFormationIT {
    private static final String TABLE =
            """
            AWSTemplateFormatVersion: '2010-09-09'
            Description: a table
            Resources:
              Trades:
                Type: AWS::DynamoDB::Table
                DeletionPolicy: %s
                Properties:
                  TableName: %s
                  BillingMode: %s
                  AttributeDefinitions:
                  - AttributeName: id
                    AttributeType: S
                  KeySchema:
                  - AttributeName: id
                    KeyType: HASH
            Outputs:
              TableArn:
                Description: where rows are
                Value: !GetAtt Trades.Arn
            """;

    private static LocalEndpoint endpoint;
    private static CloudFormationClient client;
    private static DynamoDbClient tables;
    private static SqsClient queues;

    @BeforeAll
    static void start() throws IOException {
        endpoint = LocalEndpoint.start(LocalOptions.defaults().withPort(0));
        client = aim(CloudFormationClient.builder(), endpoint.uri()).build();
        tables = aim(DynamoDbClient.builder(), endpoint.uri()).build();
        queues = aim(SqsClient.builder(), endpoint.uri()).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        tables.close();
        queues.close();
        endpoint.close();
    }

    @AfterEach
    void deleteWhatIsLeft() {
        client.describeStacks().stacks().forEach(stack -> {
            client.deleteStack(request -> request.stackName(stack.stackName()));
            await(stack.stackId(), status -> status.endsWith("DELETE_COMPLETE") || status.endsWith("FAILED"));
        });
        tables.listTables().tableNames().forEach(name -> tables.deleteTable(request -> request.tableName(name)));
    }

    private static <B extends AwsClientBuilder<B, C>, C> B aim(B builder, URI uri) {
        return builder.endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    @Test
    void stackIsMadeByAChangeSetWithEventsResourcesAndOutputs() {
        DescribeChangeSetResponse set =
                changeSet("made", ChangeSetType.CREATE, TABLE.formatted("Delete", "trades-made", "PAY_PER_REQUEST"));
        assertThat(set.status()).isEqualTo(ChangeSetStatus.CREATE_COMPLETE);
        assertThat(set.changes())
                .extracting(change -> change.resourceChange().action())
                .containsExactly(ChangeAction.ADD);
        assertThat(stack("made").stackStatus()).isEqualTo(StackStatus.REVIEW_IN_PROGRESS);

        execute(set);

        assertThat(await("made")).isEqualTo(StackStatus.CREATE_COMPLETE);
        assertThat(stack("made").outputs())
                .extracting(Output::outputValue)
                .containsExactly("arn:aws:dynamodb:us-east-1:000000000000:table/trades-made");
        assertThat(events("made"))
                .containsExactly(
                        "made REVIEW_IN_PROGRESS",
                        "made CREATE_IN_PROGRESS",
                        "Trades CREATE_IN_PROGRESS",
                        "Trades CREATE_IN_PROGRESS",
                        "Trades CREATE_COMPLETE",
                        "made CREATE_COMPLETE");
        assertThat(tables.describeTable(request -> request.tableName("trades-made"))
                        .table()
                        .tableStatusAsString())
                .isEqualTo("ACTIVE");
        assertThat(client.describeStackResources(request -> request.stackName("made"))
                        .stackResources())
                .singleElement()
                .satisfies(resource -> assertThat(resource.physicalResourceId()).isEqualTo("trades-made"));
    }

    @Test
    void changeSetFailsWithAwssReasonWhenNothingChanges() {
        String template = TABLE.formatted("Delete", "trades-same", "PAY_PER_REQUEST");
        deploy("same", ChangeSetType.CREATE, template);

        DescribeChangeSetResponse again = changeSet("same", ChangeSetType.UPDATE, template);

        assertThat(again.status()).isEqualTo(ChangeSetStatus.FAILED);
        assertThat(again.statusReason())
                .isEqualTo("The submitted information didn't contain changes. "
                        + "Submit different information to create a change set.");
        assertThatThrownBy(() -> execute(again)).isInstanceOf(InvalidChangeSetStatusException.class);
        assertThatThrownBy(() ->
                        client.updateStack(request -> request.stackName("same").templateBody(template)))
                .hasMessageContaining("No updates are to be performed.");
    }

    @Test
    void propertyChangesInPlaceWithOldAndNewValueInTheChangeSet() {
        deploy("inplace", ChangeSetType.CREATE, queue("inplace-queue", 60, 30));

        DescribeChangeSetResponse set = changeSet("inplace", ChangeSetType.UPDATE, queue("inplace-queue", 120, 30));

        Change change = set.changes().get(0);
        assertThat(change.resourceChange().replacement()).isEqualTo(Replacement.FALSE);
        assertThat(change.resourceChange().details()).singleElement().satisfies(detail -> {
            assertThat(detail.target().path()).isEqualTo("/Properties/MessageRetentionPeriod");
            assertThat(detail.target().beforeValue()).isEqualTo("60");
            assertThat(detail.target().afterValue()).isEqualTo("120");
        });
        execute(set);
        assertThat(await("inplace")).isEqualTo(StackStatus.UPDATE_COMPLETE);
        assertThat(queueAttributes("inplace-queue").get(QueueAttributeName.MESSAGE_RETENTION_PERIOD))
                .isEqualTo("120");
    }

    @Test
    void resourceIsReplacedAndItsPredecessorDeletedWhenItsNameChanges() {
        deploy("replaced", ChangeSetType.CREATE, queue("old-name", 60, 30));

        DescribeChangeSetResponse set = changeSet("replaced", ChangeSetType.UPDATE, queue("new-name", 60, 30));

        assertThat(set.changes().get(0).resourceChange().replacement()).isEqualTo(Replacement.TRUE);
        assertThat(set.changes().get(0).resourceChange().policyActionAsString()).isEqualTo("ReplaceAndDelete");
        execute(set);
        assertThat(await("replaced")).isEqualTo(StackStatus.UPDATE_COMPLETE);
        assertThat(queues.listQueues().queueUrls()).singleElement().asString().endsWith("new-name");
        assertThat(events("replaced"))
                .containsSubsequence("replaced UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "Dlq DELETE_COMPLETE");
    }

    @Test
    void replacementOfACustomNamedResourceIsRefusedAndRolledBack() {
        String template = TABLE.formatted("Delete", "trades-fixed", "PAY_PER_REQUEST");
        deploy("fixed", ChangeSetType.CREATE, template);

        DescribeChangeSetResponse set =
                changeSet("fixed", ChangeSetType.UPDATE, template.replace("Name: id", "Name: key"));
        execute(set);

        assertThat(await("fixed")).isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
        assertThat(reasons("fixed"))
                .contains("CloudFormation cannot update a stack when a custom-named resource requires replacing. "
                        + "Rename trades-fixed and update the stack again.");
        assertThat(table("trades-fixed").keySchema().get(0).attributeName()).isEqualTo("id");
    }

    @Test
    void failedUpdateGoesBackToThePreviousProperties() {
        String before = queue("rolled-queue", 60, 30);
        deploy("rolled", ChangeSetType.CREATE, before);
        String after = queue("rolled-queue", 120, 30)
                + """
                  Orphan:
                    Type: AWS::SQS::QueuePolicy
                    DependsOn: Dlq
                    Properties:
                      Queues: [ 'http://127.0.0.1/000000000000/no-such-queue' ]
                      PolicyDocument: { Version: '2012-10-17', Statement: [] }
                """;

        execute(changeSet("rolled", ChangeSetType.UPDATE, after));

        assertThat(await("rolled")).isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
        assertThat(queueAttributes("rolled-queue").get(QueueAttributeName.MESSAGE_RETENTION_PERIOD))
                .isEqualTo("60");
        assertThat(changeSet("rolled", ChangeSetType.UPDATE, before).statusReason())
                .startsWith("The submitted information didn't contain changes.");
    }

    @Test
    void failedCreationIsDeletedAndItsStackCannotBeUpdated() {
        String template = queue("dead-queue", 60, 30)
                + """
                  Orphan:
                    Type: AWS::SQS::QueuePolicy
                    DependsOn: Dlq
                    Properties:
                      Queues: [ 'http://127.0.0.1/000000000000/no-such-queue' ]
                      PolicyDocument: { Version: '2012-10-17', Statement: [] }
                """;

        execute(changeSet("dead", ChangeSetType.CREATE, template));

        assertThat(await("dead")).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
        assertThat(queues.listQueues().queueUrls()).isEmpty();
        assertThatThrownBy(() -> changeSet("dead", ChangeSetType.UPDATE, template))
                .hasMessageContaining("is in ROLLBACK_COMPLETE state and can not be updated.");
        assertThatThrownBy(() -> changeSet("dead", ChangeSetType.CREATE, template))
                .hasMessageContaining("already exists and cannot be created again");
    }

    @Test
    void retainedTableIsTakenOverWithItsRows() {
        String template = TABLE.formatted("Retain", "trades-kept", "PAY_PER_REQUEST");
        deploy("kept", ChangeSetType.CREATE, template);
        tables.putItem(request -> request.tableName("trades-kept").item(Map.of("id", AttributeValue.fromS("one"))));
        String id = stack("kept").stackId();
        client.deleteStack(request -> request.stackName("kept"));
        assertThat(await(id, status -> status.startsWith("DELETE_COMPLETE"))).isEqualTo(StackStatus.DELETE_COMPLETE);
        assertThat(events(id)).contains("Trades DELETE_SKIPPED");

        DescribeChangeSetResponse refused = changeSet("kept", ChangeSetType.CREATE, template);
        assertThat(refused.statusReason())
                .contains("AWS::EarlyValidation::ResourceExistenceCheck")
                .contains("Resource of type 'AWS::DynamoDB::Table' with identifier 'trades-kept' already exists.");
        client.deleteChangeSet(request -> request.changeSetName(refused.changeSetId()));
        DescribeChangeSetResponse set = changeSet(CreateChangeSetRequest.builder()
                .stackName("kept")
                .changeSetType(ChangeSetType.CREATE)
                .templateBody(template)
                .importExistingResources(true));
        assertThat(set.changes())
                .extracting(change -> change.resourceChange().action())
                .containsExactly(ChangeAction.IMPORT);
        execute(set);

        assertThat(await("kept")).isEqualTo(StackStatus.CREATE_COMPLETE);
        assertThat(events("kept")).contains("Trades IMPORT_COMPLETE");
        assertThat(tables.scan(request -> request.tableName("trades-kept")).count())
                .isEqualTo(1);
    }

    @Test
    void tableWithoutARetainingPolicyIsNotTakenOver() {
        String template = TABLE.formatted("Retain", "trades-mine", "PAY_PER_REQUEST");
        deploy("mine", ChangeSetType.CREATE, template);
        String id = stack("mine").stackId();
        client.deleteStack(request -> request.stackName("mine"));
        await(id, status -> status.startsWith("DELETE_COMPLETE"));

        DescribeChangeSetResponse set = changeSet(CreateChangeSetRequest.builder()
                .stackName("mine")
                .changeSetType(ChangeSetType.CREATE)
                .templateBody(TABLE.formatted("Delete", "trades-mine", "PAY_PER_REQUEST"))
                .importExistingResources(true));

        assertThat(set.statusReason()).contains("already exists");
    }

    @Test
    void changeSetAskedForTwiceWithOneTokenIsOne() {
        CreateChangeSetRequest.Builder request = CreateChangeSetRequest.builder()
                .stackName("again")
                .changeSetName("again")
                .changeSetType(ChangeSetType.CREATE)
                .templateBody(queue("again-queue", 60, 30));

        String first =
                client.createChangeSet(request.clientToken("one").build()).id();

        assertThat(client.createChangeSet(request.clientToken("one").build()).id())
                .isEqualTo(first);
        assertThatThrownBy(
                        () -> client.createChangeSet(request.clientToken("two").build()))
                .hasMessageContaining("one of that name already exists");
    }

    @Test
    void tokenThatAwsWouldRefuseIsRefused() {
        DescribeChangeSetResponse set = changeSet(CreateChangeSetRequest.builder()
                .stackName("token")
                .changeSetType(ChangeSetType.CREATE)
                .templateBody(TABLE.formatted("Delete", "trades-token", "PAY_PER_REQUEST")));

        assertThatThrownBy(() -> client.executeChangeSet(
                        request -> request.changeSetName(set.changeSetId()).clientRequestToken("-token")))
                .hasMessageContaining("Value '-token' at 'clientRequestToken' failed to satisfy constraint");
    }

    @Test
    void existingTableIsImportedByAnImportChangeSet() {
        tables.createTable(request -> request.tableName("trades-foreign")
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType("S")
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType("HASH")
                        .build()));
        String template = TABLE.formatted("Retain", "trades-foreign", "PAY_PER_REQUEST");

        assertThatThrownBy(() -> changeSet(importing("trades-foreign").templateBody(template)))
                .hasMessageContaining("As part of the import operation, you cannot modify or add [Outputs]");
        String withoutOutputs = template.substring(0, template.indexOf("Outputs:"));
        execute(changeSet(importing("trades-foreign").templateBody(withoutOutputs)));
        assertThat(await("foreign")).isEqualTo(StackStatus.IMPORT_COMPLETE);

        deploy("foreign", ChangeSetType.UPDATE, template);
        assertThat(stack("foreign").outputs()).hasSize(1);
    }

    private static CreateChangeSetRequest.Builder importing(String table) {
        return CreateChangeSetRequest.builder()
                .stackName("foreign")
                .changeSetType(ChangeSetType.IMPORT)
                .resourcesToImport(ResourceToImport.builder()
                        .logicalResourceId("Trades")
                        .resourceType("AWS::DynamoDB::Table")
                        .resourceIdentifier(Map.of("TableName", table))
                        .build());
    }

    @Test
    void indexIsAddedAloneAndTwoAtOnceAreRefused() {
        String template = TABLE.formatted("Delete", "trades-indexed", "PAY_PER_REQUEST");
        deploy("indexed", ChangeSetType.CREATE, template);
        String one = template.replace(
                "      KeySchema:",
                String.join(
                        "\n      ",
                        "      - {AttributeName: symbol, AttributeType: S}",
                        "GlobalSecondaryIndexes:",
                        "- IndexName: SymbolIndex",
                        "  KeySchema: [{AttributeName: symbol, KeyType: HASH}]",
                        "  Projection: {ProjectionType: ALL}",
                        "KeySchema:"));
        assertThat(one).contains("IndexName: SymbolIndex");
        deploy("indexed", ChangeSetType.UPDATE, one);
        assertThat(table("trades-indexed").globalSecondaryIndexes()).hasSize(1);

        String others = one.replace("SymbolIndex", "OtherIndex");
        execute(changeSet("indexed", ChangeSetType.UPDATE, others));

        assertThat(await("indexed")).isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
        assertThat(reasons("indexed"))
                .contains("Cannot perform more than one GSI creation or deletion in a single update");
    }

    @Test
    void billingModeTimeToLiveRecoveryAndProtectionChangeInPlace() {
        String template = TABLE.formatted("Delete", "trades-settings", "PAY_PER_REQUEST");
        deploy("settings", ChangeSetType.CREATE, template);

        String changed = TABLE.formatted("Delete", "trades-settings", "PROVISIONED")
                .replace(
                        "      AttributeDefinitions:",
                        String.join(
                                "\n      ",
                                "      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 7}",
                                "TimeToLiveSpecification: {AttributeName: expiration_time, Enabled: true}",
                                "PointInTimeRecoverySpecification:",
                                "  PointInTimeRecoveryEnabled: true",
                                "  RecoveryPeriodInDays: 7",
                                "DeletionProtectionEnabled: true",
                                "AttributeDefinitions:"));
        deploy("settings", ChangeSetType.UPDATE, changed);

        assertThat(table("trades-settings").provisionedThroughput().writeCapacityUnits())
                .isEqualTo(7);
        assertThat(tables.describeTimeToLive(request -> request.tableName("trades-settings"))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("expiration_time");
        assertThat(tables.describeContinuousBackups(request -> request.tableName("trades-settings"))
                        .continuousBackupsDescription()
                        .pointInTimeRecoveryDescription()
                        .recoveryPeriodInDays())
                .isEqualTo(7);
        client.deleteStack(request -> request.stackName("settings"));
        assertThat(await("settings", status -> status.equals("DELETE_FAILED"))).isEqualTo(StackStatus.DELETE_FAILED);
        assertThat(stack("settings").stackStatusReason())
                .isEqualTo("The following resource(s) failed to delete: [Trades]. ");
        tables.updateTable(request -> request.tableName("trades-settings").deletionProtectionEnabled(false));
    }

    @Test
    void wrongTemplatesAreRefusedByName() {
        assertRefused("Typ: AWS::SQS::Queue", "Invalid template resource property 'Typ'");
        assertRefused("Type: AWS::SQS::Cue", "Unrecognized resource types: [AWS::SQS::Cue]");
        assertRefused(
                "{Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref Nobody}}",
                "Unresolved resource dependencies [Nobody] in the Resources block of the template");
        assertRefused(
                "{Type: 'AWS::SQS::Queue', Properties: {QueueName: !GetAtt One.Arn}}",
                "Circular dependency between resources: [One]");
        assertRefused(
                "{Type: 'AWS::SQS::Queue', DependsOn: Two}",
                "Unresolved resource dependencies [Two] in the Resources block of the template");
    }

    @Test
    void wrongPropertiesFailTheChangeSetByName() {
        assertInvalid("DelaySecnds: 3", "extraneous key [DelaySecnds] is not permitted");
        assertInvalid("DelaySeconds: soon", "#/DelaySeconds: expected type: Integer, found: String");
        assertInvalid(
                "FifoThroughputLimit: perQueue",
                "property [FifoThroughputLimit] is not supported by the local endpoint");
    }

    @Test
    void namedRoleNeedsItsCapability() {
        String role =
                """
                Resources:
                  Role:
                    Type: AWS::IAM::Role
                    Properties:
                      RoleName: capable
                      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] }
                """;
        assertThatThrownBy(() -> client.createChangeSet(request -> request.stackName("capable")
                        .changeSetName("c")
                        .changeSetType("CREATE")
                        .templateBody(role)))
                .isInstanceOf(InsufficientCapabilitiesException.class)
                .hasMessageContaining("Requires capabilities : [CAPABILITY_NAMED_IAM]");
    }

    @Test
    void failedCreationIsGoneWhenItsChangeSetSaysSo() {
        String template = queue("gone-queue", 60, 30)
                + """
                  Orphan:
                    Type: AWS::SQS::QueuePolicy
                    Properties:
                      Queues: [ 'http://127.0.0.1/000000000000/no-such-queue' ]
                      PolicyDocument: { Version: '2012-10-17', Statement: [] }
                """;
        DescribeChangeSetResponse set = changeSet(CreateChangeSetRequest.builder()
                .stackName("gone")
                .changeSetType(ChangeSetType.CREATE)
                .onStackFailure(OnStackFailure.DELETE)
                .templateBody(template));
        execute(set);

        assertThat(await(set.stackId(), status -> status.equals("DELETE_COMPLETE")))
                .isEqualTo(StackStatus.DELETE_COMPLETE);
        assertThatThrownBy(() -> stack("gone")).hasMessageContaining("Stack with id gone does not exist");
    }

    @Test
    void protectedStackIsNotDeleted() {
        deploy("guarded", ChangeSetType.CREATE, queue("guarded-queue", 60, 30));
        client.updateTerminationProtection(
                request -> request.stackName("guarded").enableTerminationProtection(true));
        assertThatThrownBy(() -> client.deleteStack(request -> request.stackName("guarded")))
                .hasMessageContaining("cannot be deleted while TerminationProtection is enabled");
        client.updateTerminationProtection(
                request -> request.stackName("guarded").enableTerminationProtection(false));
    }

    @Test
    void tagsOfTheStackReachItsResources() {
        DescribeChangeSetResponse set = changeSet(CreateChangeSetRequest.builder()
                .stackName("tagged")
                .changeSetType(ChangeSetType.CREATE)
                .tags(Tag.builder().key("Project").value("tape").build())
                .templateBody(queue("tagged-queue", 60, 30)));
        execute(set);
        await("tagged");
        assertThat(queues.listQueueTags(request -> request.queueUrl(url("tagged-queue")))
                        .tags())
                .containsEntry("Project", "tape")
                .containsEntry("aws:cloudformation:stack-name", "tagged")
                .containsEntry("aws:cloudformation:stack-id", stack("tagged").stackId())
                .containsEntry("aws:cloudformation:logical-id", "Dlq");
    }

    @Test
    void parameterThatIsNotToBeEchoedIsMasked() {
        DescribeChangeSetResponse set = changeSet(CreateChangeSetRequest.builder()
                .stackName("secret")
                .changeSetType(ChangeSetType.CREATE)
                .parameters(Parameter.builder()
                        .parameterKey("Secret")
                        .parameterValue("s3cret")
                        .build())
                .templateBody("Parameters: {Secret: {Type: String, NoEcho: true}}\n" + queue("secret-queue", 60, 30)));
        execute(set);
        await("secret");

        assertThat(set.parameters().get(0).parameterValue()).isEqualTo("****");
        assertThat(stack("secret").parameters().get(0).parameterValue()).isEqualTo("****");
    }

    private static void assertRefused(String resource, String reason) {
        String template = "Resources:\n  One:\n    " + resource + "\n";
        assertThatThrownBy(() -> changeSet("refused", ChangeSetType.CREATE, template))
                .isInstanceOf(CloudFormationException.class)
                .hasMessageContaining(reason);
    }

    private static void assertInvalid(String property, String reason) {
        String template = "Resources:\n  One:\n    Type: AWS::SQS::Queue\n    Properties:\n      " + property + "\n";
        DescribeChangeSetResponse set = changeSet("invalid", ChangeSetType.CREATE, template);
        assertThat(set.status()).isEqualTo(ChangeSetStatus.FAILED);
        assertThat(set.statusReason())
                .startsWith("The following hook(s)/validation failed: [AWS::EarlyValidation::PropertyValidation]. ")
                .contains(reason);
        client.deleteChangeSet(request -> request.changeSetName(set.changeSetId()));
    }

    private static String queue(String name, int retention, int visibility) {
        return """
                Resources:
                  Dlq:
                    Type: AWS::SQS::Queue
                    Properties:
                      QueueName: %s
                      MessageRetentionPeriod: %d
                      VisibilityTimeout: %d
                """
                .formatted(name, retention, visibility);
    }

    private static void deploy(String stack, ChangeSetType type, String template) {
        DescribeChangeSetResponse set = changeSet(stack, type, template);
        execute(set);
        assertThat(await(stack).toString())
                .as(String.join("\n", reasons(stack)))
                .isEqualTo(type + "_COMPLETE");
    }

    private static DescribeChangeSetResponse changeSet(String stack, ChangeSetType type, String template) {
        return changeSet(CreateChangeSetRequest.builder()
                .stackName(stack)
                .changeSetType(type)
                .templateBody(template));
    }

    private static DescribeChangeSetResponse changeSet(CreateChangeSetRequest.Builder request) {
        String id = client.createChangeSet(request.changeSetName("c" + System.nanoTime())
                        .capabilities(Capability.CAPABILITY_NAMED_IAM)
                        .build())
                .id();
        return client.describeChangeSet(describe -> describe.changeSetName(id).includePropertyValues(true));
    }

    private static void execute(DescribeChangeSetResponse set) {
        client.executeChangeSet(request -> request.changeSetName(set.changeSetId()));
    }

    private static StackStatus await(String stack) {
        return await(stack, status -> !status.endsWith("_IN_PROGRESS"));
    }

    private static StackStatus await(String stack, Predicate<String> done) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < deadline) {
            StackStatus status = stack(stack).stackStatus();
            if (done.test(status.toString())) {
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

    /** The oldest first, unlike the answer. */
    private static List<String> events(String stack) {
        List<String> events = new ArrayList<>();
        client.describeStackEventsPaginator(request -> request.stackName(stack))
                .stackEvents()
                .forEach(event -> events.add(0, event.logicalResourceId() + " " + event.resourceStatusAsString()));
        return events;
    }

    private static List<String> reasons(String stack) {
        return client.describeStackEvents(request -> request.stackName(stack)).stackEvents().stream()
                .map(StackEvent::resourceStatusReason)
                .map(String::valueOf)
                .toList();
    }

    private static TableDescription table(String name) {
        return tables.describeTable(request -> request.tableName(name)).table();
    }

    private static Map<QueueAttributeName, String> queueAttributes(String name) {
        return queues.getQueueAttributes(request -> request.queueUrl(url(name)).attributeNames(QueueAttributeName.ALL))
                .attributes();
    }

    private static String url(String name) {
        return queues.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    @Test
    void stackMadeWithoutAChangeSetIsDescribedInEveryWay() {
        String template = queue("plain-queue", 60, 30);
        assertThat(client.validateTemplate(request -> request.templateBody(template))
                        .parameters())
                .isEmpty();
        client.createStack(request -> request.stackName("plain").templateBody(template));
        assertThat(await("plain")).isEqualTo(StackStatus.CREATE_COMPLETE);

        assertThat(client.getTemplate(request -> request.stackName("plain")).templateBody())
                .isEqualTo(template);
        assertThat(client.getTemplateSummary(request -> request.stackName("plain"))
                        .resourceTypes())
                .containsExactly("AWS::SQS::Queue");
        assertThat(client.listStacks().stackSummaries())
                .extracting(StackSummary::stackName)
                .contains("plain");
        assertThat(client.describeStackResource(
                                request -> request.stackName("plain").logicalResourceId("Dlq"))
                        .stackResourceDetail()
                        .resourceStatusAsString())
                .isEqualTo("CREATE_COMPLETE");
        assertThat(client.listStackResources(request -> request.stackName("plain"))
                        .stackResourceSummaries())
                .hasSize(1);
        assertThat(client.listChangeSets(request -> request.stackName("plain")).summaries())
                .isEmpty();
        assertThat(client.describeEvents(request -> request.stackName("plain")).operationEvents())
                .extracting(OperationEvent::logicalResourceId)
                .contains("plain", "Dlq");
        assertThatThrownBy(() -> client.cancelUpdateStack(request -> request.stackName("plain")))
                .hasMessageContaining("cannot be called from current stack status");
        assertThatThrownBy(() -> client.continueUpdateRollback(request -> request.stackName("plain")))
                .hasMessageContaining("CREATE_COMPLETE");
    }
}
