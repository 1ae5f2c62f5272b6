package io.marketpipeline.maven.stack;

import static io.marketpipeline.maven.stack.FakeCloudFormation.STACK;
import static io.marketpipeline.maven.stack.FakeCloudFormation.change;
import static io.marketpipeline.maven.stack.FakeCloudFormation.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.aws.AwsFailures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetSummary;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.DeploymentMode;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.OperationEvent;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.RequiresRecreation;
import software.amazon.awssdk.services.cloudformation.model.ResourceAttribute;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.Tag;

class StackDeployerTest {
    private static final String TEMPLATE = "Resources: {}\n";
    private static final String TABLE = "AWS::DynamoDB::Table";

    private final FakeCloudFormation aws = new FakeCloudFormation();
    private final RecordingListener listener = new RecordingListener();
    private final List<String> uploads = new ArrayList<>();
    private final StackDeployer deployer = new StackDeployer(
            aws,
            new AwsFailures(new AwsEnvironment("dev", "us-east-1", Optional.empty(), Optional.empty(), Map.of())),
            template -> {
                uploads.add(template);
                return "https://bucket.example/template.yaml";
            },
            change -> Optional.of("12 at the moment"),
            listener,
            new FakePace());

    @Test
    void deployWhenStackIsAbsentCreatesIt() throws Exception {
        aws.changes.add(change(ResourceChange.builder()
                .action(ChangeAction.ADD)
                .logicalResourceId("MarketDataTable")
                .resourceType(TABLE)));
        aws.outputs.put("EventBusName", "market-data-bus-dev");

        StackResult result = deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL);

        assertThat(result.kind()).isEqualTo(StackResult.Kind.CREATED);
        assertThat(result.outputs()).containsEntry("EventBusName", "market-data-bus-dev");
        assertThat(listener.changes)
                .extracting(Change::line)
                .containsExactly("+ MarketDataTable  AWS::DynamoDB::Table");
    }

    @Test
    void deployWhenStackIsAbsentTakesOverWhatExists() throws Exception {
        deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL);

        assertThat(aws.changeSets).singleElement().satisfies(request -> {
            assertThat(request.changeSetType()).isEqualTo(ChangeSetType.CREATE);
            assertThat(request.importExistingResources()).isTrue();
            assertThat(request.capabilities()).containsExactly(Capability.CAPABILITY_NAMED_IAM);
            assertThat(request.tags())
                    .containsExactly(Tag.builder().key("Project").value("tape").build());
        });
    }

    @Test
    void deployWhenChangeSetWasNeverExecutedCreatesTheStack() throws Exception {
        aws.show(StackStatus.REVIEW_IN_PROGRESS);

        assertThat(deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL).kind())
                .isEqualTo(StackResult.Kind.CREATED);
    }

    @Test
    void deployWhenStackIsThereUpdatesIt() throws Exception {
        aws.show(StackStatus.CREATE_COMPLETE);
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;

        StackResult result = deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL);

        assertThat(result.kind()).isEqualTo(StackResult.Kind.UPDATED);
        assertThat(aws.changeSets).singleElement().satisfies(request -> assertThat(request.changeSetType())
                .isEqualTo(ChangeSetType.UPDATE));
    }

    @Test
    void deployWhenDriftIsToBeRevertedAsksForAChangeSetThatLooksAtIt() throws Exception {
        aws.show(StackStatus.CREATE_COMPLETE);
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;

        deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL.revertingDrift(true));

        assertThat(aws.changeSets).singleElement().satisfies(request -> assertThat(request.deploymentMode())
                .isEqualTo(DeploymentMode.REVERT_DRIFT));
    }

    @Test
    void deployOfANewStackHasNoDriftToRevert() throws Exception {
        deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL.revertingDrift(true));

        assertThat(aws.changeSets).singleElement().satisfies(request -> assertThat(request.deploymentMode())
                .isNull());
    }

    /** The SDK sends a request again when its answer is lost; without a token AWS says that the name is taken. */
    @Test
    void requestsForChangeSetsAndRollbacksMayBeSentTwice() throws Exception {
        aws.show(StackStatus.UPDATE_ROLLBACK_FAILED);
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;

        deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL);

        assertThat(aws.rollbackTokens).singleElement().asString().matches("[a-zA-Z0-9][-a-zA-Z0-9]{0,127}");
        assertThat(aws.changeSets).singleElement().satisfies(request -> assertThat(request.clientToken())
                .matches("[a-zA-Z0-9][-a-zA-Z0-9]{0,127}"));
    }

    @Test
    void deployWhenCloudFormationFindsNoChangesExecutesNothing() throws Exception {
        aws.show(StackStatus.CREATE_COMPLETE);
        aws.changeSetFailure = "The submitted information didn't contain changes. Submit different information.";

        StackResult result = deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL);

        assertThat(result.kind()).isEqualTo(StackResult.Kind.UNCHANGED);
        assertThat(aws.calls).contains("DeleteChangeSet").doesNotContain("ExecuteChangeSet");
    }

    @Test
    void deployWhenTemplateIsLargeUploadsIt() throws Exception {
        deployer.deploy(spec("# " + "x".repeat(51_200)), DeployOptions.CAREFUL);

        assertThat(uploads).hasSize(1);
        assertThat(aws.changeSets.get(0).templateURL()).isEqualTo("https://bucket.example/template.yaml");
        assertThat(aws.changeSets.get(0).templateBody()).isNull();
    }

    @Test
    void deployWhenTemplateIsRefusedSaysWhereAndWhy() {
        aws.changeSetFailure = "Validation failed. Use DescribeEvents to see why.";
        aws.operationEvents.add(OperationEvent.builder()
                .logicalResourceId("Queue")
                .validationPath("/Resources/Queue/Properties/Colour")
                .validationStatusReason("extraneous key [Colour] is not permitted")
                .build());

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("was not touched")
                .hasMessageContaining("Queue at /Resources/Queue/Properties/Colour: extraneous key [Colour]");
    }

    @Test
    void deployWhenResourcesFailNamesTheFirstCause() {
        aws.endOfExecution = StackStatus.ROLLBACK_COMPLETE;
        aws.nextOperationLeaves(event("Role", "AWS::IAM::Role", "CREATE_IN_PROGRESS", ""));
        aws.nextOperationLeaves(event("Rule", "AWS::Events::Rule", "CREATE_FAILED", "Resource creation cancelled"));
        aws.nextOperationLeaves(event(
                "Table", TABLE, "CREATE_FAILED", "Properties validation failed with #/Properties/BillingMode: bad"));
        aws.nextOperationLeaves(event("Queue", "AWS::SQS::Queue", "CREATE_FAILED", "Quota exceeded"));
        aws.nextOperationLeaves(event(
                STACK,
                "AWS::CloudFormation::Stack",
                "ROLLBACK_IN_PROGRESS",
                "The following resource(s) failed to create: [Rule, Table]."));

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL))
                .hasMessageStartingWith(
                        "Stack market-pipeline-dev was not created: Table (AWS::DynamoDB::Table Table-name)"
                                + " CREATE_FAILED, property BillingMode. AWS says: Properties validation failed")
                .hasMessageContaining("Failed as well: Queue (AWS::SQS::Queue Queue-name)")
                .hasMessageContaining("run the goal again")
                .hasMessageNotContaining("cancelled");
    }

    @Test
    void deployWhenUpdateFailsSaysThatTheStackIsAsBefore() {
        aws.show(StackStatus.UPDATE_COMPLETE);
        aws.endOfExecution = StackStatus.UPDATE_ROLLBACK_COMPLETE;
        aws.nextOperationLeaves(event("Alarm", "AWS::CloudWatch::Alarm", "UPDATE_FAILED", "no such metric"));

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL))
                .hasMessageContaining("was not updated: Alarm")
                .hasMessageContaining("as it was before");
    }

    @Test
    void deployWhenFirstCreationFailedAndHoldsNothingStartsAfresh() throws Exception {
        aws.show(StackStatus.ROLLBACK_COMPLETE);
        aws.resources.add(resource("Table", ResourceStatus.DELETE_COMPLETE));

        StackResult result = deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL);

        assertThat(result.kind()).isEqualTo(StackResult.Kind.CREATED);
        assertThat(aws.calls).containsSubsequence("DeleteStack", "CreateChangeSet", "ExecuteChangeSet");
        assertThat(listener.notes).anyMatch(note -> note.contains("holds nothing. Removing it and creating it anew"));
    }

    @Test
    void deployWhenFirstCreationFailedAndHoldsSomethingRefuses() {
        aws.show(StackStatus.ROLLBACK_FAILED);
        aws.resources.add(resource("Table", ResourceStatus.DELETE_FAILED));

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL))
                .hasMessageContaining("it still holds Table")
                .hasMessageContaining("market-pipeline:destroy");
        assertThat(aws.calls).doesNotContain("DeleteStack");
    }

    @Test
    void deployWhenStackIsBusyWaitsForItsEnd() throws Exception {
        aws.show(StackStatus.UPDATE_IN_PROGRESS, StackStatus.UPDATE_IN_PROGRESS, StackStatus.UPDATE_COMPLETE);
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;

        assertThat(deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL).kind())
                .isEqualTo(StackResult.Kind.UPDATED);
        assertThat(listener.notes).anyMatch(note -> note.contains("UPDATE_IN_PROGRESS by another operation"));
    }

    @Test
    void deployWhenAnEarlierRollbackFailedGoesOnWithItFirst() throws Exception {
        aws.show(StackStatus.UPDATE_ROLLBACK_FAILED);
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;

        StackResult result = deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL);

        assertThat(result.kind()).isEqualTo(StackResult.Kind.UPDATED);
        assertThat(aws.calls).containsSubsequence("ContinueUpdateRollback", "CreateChangeSet", "ExecuteChangeSet");
    }

    @Test
    void deployWhenTheRollbackFailsAgainNamesWhatToSkip() {
        aws.show(StackStatus.UPDATE_ROLLBACK_FAILED);
        aws.endOfRollback = StackStatus.UPDATE_ROLLBACK_FAILED;
        aws.nextOperationLeaves(event("Alarm", "AWS::CloudWatch::Alarm", "UPDATE_FAILED", "no such topic"));
        aws.resources.add(resource("Alarm", ResourceStatus.UPDATE_FAILED));

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL))
                .hasMessageContaining("failed again (UPDATE_ROLLBACK_FAILED): Alarm")
                .hasMessageContaining("It comes from <alarms>")
                .hasMessageContaining("-DskipInRollback=Alarm");
        assertThat(aws.calls).doesNotContain("CreateChangeSet");
    }

    @Test
    void deployWhenToldToSkipResourcesPassesThemOn() throws Exception {
        aws.show(StackStatus.UPDATE_ROLLBACK_FAILED);
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;

        deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL.skipping(List.of("Alarm")));

        assertThat(aws.skipped).containsExactly("Alarm");
    }

    @Test
    void deployWhenADeletionFailedNamesDestroy() {
        aws.show(StackStatus.DELETE_FAILED);

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL))
                .hasMessageContaining("DELETE_FAILED and can't be deployed to")
                .hasMessageContaining("market-pipeline:destroy");
    }

    @Test
    void deployWhenAKilledDeployLeftAChangeSetRemovesIt() throws Exception {
        aws.show(StackStatus.UPDATE_COMPLETE);
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;
        aws.leftOver.add(changeSet("market-pipeline-1", Instant.EPOCH));
        aws.leftOver.add(changeSet("market-pipeline-2", new FakePace().now()));
        aws.leftOver.add(changeSet("by-hand", Instant.EPOCH));

        deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL);

        assertThat(aws.deletedChangeSets).containsExactly("market-pipeline-1");
        assertThat(listener.notes).anyMatch(note -> note.contains("Removed change set market-pipeline-1"));
    }

    @Test
    void deployWhenTheConnectionIsLostForAMomentGoesOn() throws Exception {
        aws.failuresInOperation.add(SdkClientException.create("Unable to execute HTTP request: Connection reset"));

        StackResult result = deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL);

        assertThat(result.kind()).isEqualTo(StackResult.Kind.CREATED);
        assertThat(listener.notes)
                .anyMatch(note -> note.contains("trying again for 5 minutes"))
                .contains("Reading the stack again");
    }

    @Test
    void deployWhenTheConnectionStaysLostSaysThatAwsGoesOn() {
        for (int i = 0; i < 200; i++) {
            aws.failuresInOperation.add(SdkClientException.create("Unable to execute HTTP request: Connection reset"));
        }

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL))
                .hasMessageContaining("goes on in AWS all the same")
                .hasMessageContaining("-Dattach");
    }

    @Test
    void deployWhenAPropertyFailsNamesTheElementItsPlaceAndWhatToDo() {
        aws.endOfExecution = StackStatus.ROLLBACK_COMPLETE;
        aws.nextOperationLeaves(event(
                "Function",
                "AWS::Lambda::Function",
                "CREATE_FAILED",
                "Specified ReservedConcurrentExecutions for function decreases account's"
                        + " UnreservedConcurrentExecution below its minimum value of [10]."));

        assertThatThrownBy(() -> deployer.deploy(
                        spec(TEMPLATE),
                        DeployOptions.CAREFUL.telling(element -> Optional.of(
                                element.equals("<function><reservedConcurrency>") ? "pom.xml:31" : "elsewhere"))))
                .hasMessageContaining("CREATE_FAILED, property ReservedConcurrentExecutions. AWS says: Specified")
                .hasMessageContaining("It comes from <function><reservedConcurrency> (pom.xml:31)")
                .hasMessageContaining("What to do: leave out <function><reservedConcurrency>");
    }

    @Test
    void attachWhenAnOperationIsUnderWayFollowsItToItsEnd() throws Exception {
        aws.show(StackStatus.UPDATE_IN_PROGRESS, StackStatus.UPDATE_IN_PROGRESS, StackStatus.UPDATE_COMPLETE);
        aws.happened(event(STACK, "AWS::CloudFormation::Stack", "UPDATE_IN_PROGRESS", "Earlier"));
        aws.happened(event("Old", TABLE, "UPDATE_COMPLETE", ""));
        aws.happened(event(STACK, "AWS::CloudFormation::Stack", "UPDATE_IN_PROGRESS", "User Initiated"));
        aws.happened(event("Table", TABLE, "UPDATE_COMPLETE", ""));
        aws.outputs.put("EventBusName", "bus");

        assertThat(deployer.attach(STACK, DeployOptions.CAREFUL)).containsEntry("EventBusName", "bus");
        assertThat(listener.events).extracting(ResourceEvent::logicalId).containsExactly(STACK, "Table");
    }

    @Test
    void attachWhenTheOperationFailedTellsItsFirstCause() {
        aws.show(StackStatus.UPDATE_ROLLBACK_COMPLETE);
        aws.happened(event(STACK, "AWS::CloudFormation::Stack", "UPDATE_IN_PROGRESS", "User Initiated"));
        aws.happened(event("Alarm", "AWS::CloudWatch::Alarm", "UPDATE_FAILED", "no such metric"));

        assertThatThrownBy(() -> deployer.attach(STACK, DeployOptions.CAREFUL))
                .hasMessageContaining("UPDATE_ROLLBACK_COMPLETE: Alarm")
                .hasMessageContaining("as it was before");
    }

    @Test
    void attachWhenThereIsNoStackSaysSo() {
        assertThatThrownBy(() -> deployer.attach(STACK, DeployOptions.CAREFUL))
                .hasMessageContaining("There is no stack market-pipeline-dev");
    }

    @Test
    void interruptNoticeSaysThatAwsGoesOnAndHowToFollow() {
        AwsEnvironment dev = new AwsEnvironment("dev", "us-east-1", Optional.empty(), Optional.empty(), Map.of());

        assertThat(InterruptNotice.words("s", false, dev.command("deploy", "-Dattach"), dev))
                .contains(
                        "CloudFormation goes on with stack s",
                        "Follow it:  mvn market-pipeline:deploy -Denv=dev -Dattach",
                        "aws cloudformation cancel-update-stack --stack-name s --region us-east-1");
    }

    @Test
    void deployWhenSomebodyIsBusyAndThatIsNotWaitedForRefuses() {
        aws.show(StackStatus.UPDATE_IN_PROGRESS);

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL.withoutWaiting()))
                .hasMessageContaining("Stack market-pipeline-dev is UPDATE_IN_PROGRESS")
                .hasMessageContaining("leave out -DonBusy=fail to wait");
        assertThat(aws.calls).doesNotContain("CreateChangeSet");
    }

    @Test
    void deployWhenATableWouldBeReplacedRefusesAndLeavesNoChangeSet() {
        aws.show(StackStatus.CREATE_COMPLETE);
        aws.changes.add(replacedTable());

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL))
                .hasMessageContaining("was not touched: the deploy would lose data")
                .hasMessageContaining(
                        "MarketDataTable (AWS::DynamoDB::Table market-data-dev) would be REPLACED because of KeySchema")
                .hasMessageContaining("-DallowDataLoss");
        assertThat(aws.calls).contains("DeleteChangeSet").doesNotContain("ExecuteChangeSet", "DeleteStack");
    }

    @Test
    void deployWhenAQueueWouldGoSaysHowManyMessagesGoWithIt() {
        aws.show(StackStatus.CREATE_COMPLETE);
        aws.changes.add(change(ResourceChange.builder()
                .action(ChangeAction.REMOVE)
                .logicalResourceId("EventQueue")
                .physicalResourceId("https://sqs.example/market-events-dev")
                .resourceType("AWS::SQS::Queue")));

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL))
                .hasMessageContaining("EventQueue (AWS::SQS::Queue https://sqs.example/market-events-dev)"
                        + " would be DELETED with its messages: 12 at the moment\n");
    }

    @Test
    void deployWhenDataLossIsAllowedGoesOn() throws Exception {
        aws.show(StackStatus.CREATE_COMPLETE);
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;
        aws.changes.add(replacedTable());

        assertThat(deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL.allowingDataLoss())
                        .kind())
                .isEqualTo(StackResult.Kind.UPDATED);
    }

    @Test
    void deployWhenFirstTemplateIsRefusedLeavesNoStack() {
        aws.changeSetFailure = "Template error: Unresolved resource dependencies [Nothing]";
        aws.endOfDeletion = StackStatus.DELETE_COMPLETE;

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE), DeployOptions.CAREFUL))
                .hasMessageContaining("was not touched");
        assertThat(aws.calls).containsSubsequence("DeleteChangeSet", "DeleteStack");
    }

    @Test
    void deployWhenIndexesChangeTwiceMakesTwoUpdates() throws Exception {
        aws.show(StackStatus.CREATE_COMPLETE);
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;
        aws.template = IndexStagesTest.table("a");

        deployer.deploy(spec(IndexStagesTest.table("a", "b", "c")), DeployOptions.CAREFUL);

        assertThat(aws.calls.stream().filter("ExecuteChangeSet"::equals)).hasSize(2);
        assertThat(aws.template).isEqualTo(IndexStagesTest.table("a", "b", "c"));
        assertThat(listener.steps).contains("Update 1 of 2: Table: make index by-b", "Update 2 of 2: all else");
    }

    @Test
    void deployWhenProtectionIsWantedSwitchesItOn() throws Exception {
        deployer.deploy(new StackSpec(STACK, TEMPLATE, Map.of(), Map.of(), true), DeployOptions.CAREFUL);

        assertThat(aws.terminationProtection).isTrue();
    }

    @Test
    void unchangedWhenNothingDiffersOnlyReads() {
        aws.show(StackStatus.UPDATE_COMPLETE);
        aws.template = TEMPLATE;
        aws.tags = List.of(Tag.builder().key("Project").value("tape").build());
        aws.outputs.put("EventBusName", "bus");

        assertThat(deployer.unchanged(spec(TEMPLATE))).contains(Map.of("EventBusName", "bus"));
        assertThat(aws.calls).containsExactly("DescribeStacks", "GetTemplate");
    }

    @Test
    void unchangedWhenTagsDifferIsEmpty() {
        aws.show(StackStatus.UPDATE_COMPLETE);
        aws.template = TEMPLATE;

        assertThat(deployer.unchanged(spec(TEMPLATE))).isEmpty();
    }

    @Test
    void unchangedWhenLastUpdateFailedIsEmpty() {
        aws.show(StackStatus.UPDATE_ROLLBACK_COMPLETE);
        aws.template = TEMPLATE;
        aws.tags = List.of(Tag.builder().key("Project").value("tape").build());

        assertThat(deployer.unchanged(spec(TEMPLATE))).isEmpty();
    }

    private static software.amazon.awssdk.services.cloudformation.model.Change replacedTable() {
        return change(ResourceChange.builder()
                .action(ChangeAction.MODIFY)
                .replacement(Replacement.TRUE)
                .logicalResourceId("MarketDataTable")
                .physicalResourceId("market-data-dev")
                .resourceType(TABLE)
                .details(ResourceChangeDetail.builder()
                        .target(target -> target.attribute(ResourceAttribute.PROPERTIES)
                                .name("KeySchema")
                                .requiresRecreation(RequiresRecreation.ALWAYS))
                        .build()));
    }

    private static ChangeSetSummary changeSet(String name, Instant created) {
        return ChangeSetSummary.builder()
                .changeSetName(name)
                .changeSetId(name)
                .creationTime(created)
                .executionStatus(ExecutionStatus.AVAILABLE)
                .build();
    }

    private static StackSpec spec(String template) {
        return new StackSpec(STACK, template, Map.of(), Map.of("Project", "tape"), false);
    }

    private static StackResourceSummary resource(String logicalId, ResourceStatus status) {
        return StackResourceSummary.builder()
                .logicalResourceId(logicalId)
                .physicalResourceId(logicalId + "-name")
                .resourceType(TABLE)
                .resourceStatus(status)
                .build();
    }
}
