package io.marketpipeline.maven.stack;

import static io.marketpipeline.maven.stack.FakeCloudFormation.STACK;
import static io.marketpipeline.maven.stack.FakeCloudFormation.change;
import static io.marketpipeline.maven.stack.FakeCloudFormation.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.aws.AwsFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.OperationEvent;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
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
            new AwsFailures(new AwsEnvironment("dev", "us-east-1", Optional.empty(), Optional.empty())),
            template -> {
                uploads.add(template);
                return "https://bucket.example/template.yaml";
            },
            listener,
            new FakePace());

    @Test
    void deployWhenStackIsAbsentCreatesIt() throws Exception {
        aws.changes.add(change(ResourceChange.builder()
                .action(ChangeAction.ADD)
                .logicalResourceId("MarketDataTable")
                .resourceType(TABLE)));
        aws.outputs.put("EventBusName", "market-data-bus-dev");

        StackResult result = deployer.deploy(spec(TEMPLATE));

        assertThat(result.kind()).isEqualTo(StackResult.Kind.CREATED);
        assertThat(result.outputs()).containsEntry("EventBusName", "market-data-bus-dev");
        assertThat(listener.changes)
                .extracting(Change::line)
                .containsExactly("+ MarketDataTable  AWS::DynamoDB::Table");
    }

    @Test
    void deployWhenStackIsAbsentTakesOverWhatExists() throws Exception {
        deployer.deploy(spec(TEMPLATE));

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

        assertThat(deployer.deploy(spec(TEMPLATE)).kind()).isEqualTo(StackResult.Kind.CREATED);
    }

    @Test
    void deployWhenStackIsThereUpdatesIt() throws Exception {
        aws.show(StackStatus.CREATE_COMPLETE);
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;

        StackResult result = deployer.deploy(spec(TEMPLATE));

        assertThat(result.kind()).isEqualTo(StackResult.Kind.UPDATED);
        assertThat(aws.changeSets).singleElement().satisfies(request -> assertThat(request.changeSetType())
                .isEqualTo(ChangeSetType.UPDATE));
    }

    @Test
    void deployWhenCloudFormationFindsNoChangesExecutesNothing() throws Exception {
        aws.show(StackStatus.CREATE_COMPLETE);
        aws.changeSetFailure = "The submitted information didn't contain changes. Submit different information.";

        StackResult result = deployer.deploy(spec(TEMPLATE));

        assertThat(result.kind()).isEqualTo(StackResult.Kind.UNCHANGED);
        assertThat(aws.calls).contains("DeleteChangeSet").doesNotContain("ExecuteChangeSet");
    }

    @Test
    void deployWhenTemplateIsLargeUploadsIt() throws Exception {
        deployer.deploy(spec("# " + "x".repeat(51_200)));

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

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE)))
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

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE)))
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

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE)))
                .hasMessageContaining("was not updated: Alarm")
                .hasMessageContaining("as it was before");
    }

    @Test
    void deployWhenFirstCreationFailedAndHoldsNothingStartsAfresh() throws Exception {
        aws.show(StackStatus.ROLLBACK_COMPLETE);
        aws.resources.add(resource("Table", ResourceStatus.DELETE_COMPLETE));

        StackResult result = deployer.deploy(spec(TEMPLATE));

        assertThat(result.kind()).isEqualTo(StackResult.Kind.CREATED);
        assertThat(aws.calls).containsSubsequence("DeleteStack", "CreateChangeSet", "ExecuteChangeSet");
        assertThat(listener.notes).anyMatch(note -> note.contains("holds nothing. Removing it and creating it anew"));
    }

    @Test
    void deployWhenFirstCreationFailedAndHoldsSomethingRefuses() {
        aws.show(StackStatus.ROLLBACK_FAILED);
        aws.resources.add(resource("Table", ResourceStatus.DELETE_FAILED));

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE)))
                .hasMessageContaining("it still holds Table")
                .hasMessageContaining("market-pipeline:destroy");
        assertThat(aws.calls).doesNotContain("DeleteStack");
    }

    @Test
    void deployWhenStackIsBusyWaitsForItsEnd() throws Exception {
        aws.show(StackStatus.UPDATE_IN_PROGRESS, StackStatus.UPDATE_IN_PROGRESS, StackStatus.UPDATE_COMPLETE);
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;

        assertThat(deployer.deploy(spec(TEMPLATE)).kind()).isEqualTo(StackResult.Kind.UPDATED);
        assertThat(listener.notes).anyMatch(note -> note.contains("UPDATE_IN_PROGRESS by another operation"));
    }

    @Test
    void deployWhenRollbackFailedNamesTheWayOut() {
        aws.show(StackStatus.UPDATE_ROLLBACK_FAILED);

        assertThatThrownBy(() -> deployer.deploy(spec(TEMPLATE)))
                .hasMessageContaining("UPDATE_ROLLBACK_FAILED and can't be deployed to")
                .hasMessageContaining("continue-update-rollback --stack-name market-pipeline-dev");
    }

    @Test
    void deployWhenProtectionIsWantedSwitchesItOn() throws Exception {
        deployer.deploy(new StackSpec(STACK, TEMPLATE, Map.of(), Map.of(), true));

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
