package io.marketpipeline.maven.stack;

import static io.marketpipeline.maven.stack.FakeCloudFormation.STACK;
import static io.marketpipeline.maven.stack.FakeCloudFormation.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.aws.AwsFailures;
import io.marketpipeline.maven.stack.Removal.Kept;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

class StackRemoverTest {
    private static final String TABLE = "AWS::DynamoDB::Table";
    private static final String KEEPING =
            """
            Resources:
              MarketDataTable:
                Type: AWS::DynamoDB::Table
                DeletionPolicy: RetainExceptOnCreate
                Properties:
                  DeletionProtectionEnabled: false
            """;
    private static final String DELETING = KEEPING.replace("RetainExceptOnCreate", "Delete");

    private final FakeCloudFormation aws = new FakeCloudFormation();
    private final RecordingListener listener = new RecordingListener();
    private final StackRemover remover = new StackRemover(
            aws,
            new AwsFailures(new AwsEnvironment("dev", "us-east-1", Optional.empty(), Optional.empty(), Map.of())),
            template -> "https://bucket.example/template.yaml",
            listener,
            new FakePace());

    @BeforeEach
    void deployed() {
        aws.show(StackStatus.CREATE_COMPLETE);
        aws.template = KEEPING;
        aws.endOfExecution = StackStatus.UPDATE_COMPLETE;
    }

    @Test
    void removeWhenThereIsNoStackSaysSo() throws Exception {
        aws.show();

        assertThat(remover.remove(STACK, false).existed()).isFalse();
    }

    @Test
    void removeWhenTemplateKeepsTablesDeletesTheStackAtOnce() throws Exception {
        aws.nextOperationLeaves(event("MarketDataTable", TABLE, "DELETE_SKIPPED", ""));
        aws.nextOperationLeaves(event("Version1", "AWS::Lambda::Version", "DELETE_SKIPPED", ""));

        Removal removal = remover.remove(STACK, false);

        assertThat(removal.kept()).containsExactly(new Kept(TABLE, "MarketDataTable-name"));
        assertThat(aws.calls).contains("DeleteStack").doesNotContain("CreateChangeSet");
    }

    @Test
    void removeWhenTemplateWouldDeleteTablesSetsThePolicyFirst() throws Exception {
        aws.template = DELETING;

        remover.remove(STACK, false);

        assertThat(aws.template).contains("DeletionPolicy: RetainExceptOnCreate");
        assertThat(aws.calls).containsSubsequence("ExecuteChangeSet", "DeleteStack");
    }

    @Test
    void removeWithDataSetsThePolicyFirst() throws Exception {
        remover.remove(STACK, true);

        assertThat(aws.template).contains("DeletionPolicy: Delete").doesNotContain("Retain");
        assertThat(aws.calls).containsSubsequence("ExecuteChangeSet", "DeleteStack");
    }

    @Test
    void removeWhenPolicyDoesNotTakeDeletesNothing() {
        aws.template = DELETING;
        aws.ignoresTemplates = true;

        assertThatThrownBy(() -> remover.remove(STACK, false)).hasMessageContaining("Nothing was deleted");
        assertThat(aws.calls).doesNotContain("DeleteStack");
    }

    @Test
    void removeWhenPolicyUpdateFailsDeletesNothing() {
        aws.template = DELETING;
        aws.endOfExecution = StackStatus.UPDATE_ROLLBACK_COMPLETE;
        aws.nextOperationLeaves(event("MarketDataTable", TABLE, "UPDATE_FAILED", "denied"));

        assertThatThrownBy(() -> remover.remove(STACK, false))
                .hasMessageContaining("was not deleted")
                .hasMessageContaining("AWS says: denied");
        assertThat(aws.calls).doesNotContain("DeleteStack");
    }

    @Test
    void removeWhenStackIsProtectedRefuses() {
        aws.terminationProtection = true;

        assertThatThrownBy(() -> remover.remove(STACK, false))
                .hasMessageContaining("protected against deletion")
                .hasMessageContaining("<protection>false</protection>");
        assertThat(aws.calls).doesNotContain("DeleteStack");
    }

    @Test
    void removeWithDataWhenTablesAreProtectedRefuses() {
        aws.template = KEEPING.replace("Enabled: false", "Enabled: true");

        assertThatThrownBy(() -> remover.remove(STACK, true))
                .hasMessageContaining("tables that are protected against deletion (MarketDataTable)")
                .hasMessageContaining("leave out -DdeleteData");
        assertThat(aws.calls).doesNotContain("DeleteStack", "CreateChangeSet");
    }

    @Test
    void removeWhenFailedStackHoldsUnkeptTablesRefuses() {
        aws.show(StackStatus.ROLLBACK_FAILED);
        aws.template = DELETING;
        aws.resources.add(StackResourceSummary.builder()
                .logicalResourceId("MarketDataTable")
                .resourceType(TABLE)
                .resourceStatus(ResourceStatus.CREATE_COMPLETE)
                .build());

        assertThatThrownBy(() -> remover.remove(STACK, false))
                .hasMessageContaining("is ROLLBACK_FAILED")
                .hasMessageContaining("deleting it now would delete them");
        assertThat(aws.calls).doesNotContain("DeleteStack");
    }

    @Test
    void removeWhenDeletionFailsNamesTheCause() {
        aws.endOfDeletion = StackStatus.DELETE_FAILED;
        aws.nextOperationLeaves(event("Bus", "AWS::Events::EventBus", "DELETE_FAILED", "Rules must be removed first"));

        assertThatThrownBy(() -> remover.remove(STACK, false))
                .hasMessageContaining("was not deleted (DELETE_FAILED): Bus (AWS::Events::EventBus Bus-name)")
                .hasMessageContaining("Rules must be removed first");
    }
}
