package io.marketpipeline.maven.stack;

import static io.marketpipeline.maven.stack.FakeCloudFormation.STACK;
import static io.marketpipeline.maven.stack.FakeCloudFormation.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.aws.AwsFailures;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

class StackPlannerTest {
    private static final String TEMPLATE =
            "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySeconds: 1\n";

    private final FakeCloudFormation aws = new FakeCloudFormation();
    private final StackPlanner planner = new StackPlanner(
            aws,
            new AwsFailures(new AwsEnvironment("dev", "us-east-1", Optional.empty(), Optional.empty(), Map.of())),
            template -> "https://bucket.example/template.yaml",
            Holdings.UNCOUNTED,
            new RecordingListener(),
            new FakePace());

    @Test
    void planOfAFirstDeployLeavesNeitherChangeSetNorStack() throws Exception {
        aws.changes.add(added());

        Plan plan = planner.plan(spec(), DeployOptions.CAREFUL);

        assertThat(plan.create()).isTrue();
        assertThat(plan.summary()).contains("1 to add");
        assertThat(aws.calls)
                .containsSubsequence("CreateChangeSet", "DeleteChangeSet", "DeleteStack")
                .doesNotContain("ExecuteChangeSet");
    }

    @Test
    void planOfAnUpdateLeavesTheStack() throws Exception {
        aws.show(StackStatus.UPDATE_COMPLETE);
        aws.changes.add(added());

        planner.plan(spec(), DeployOptions.CAREFUL);

        assertThat(aws.calls).contains("DeleteChangeSet").doesNotContain("DeleteStack", "ExecuteChangeSet");
    }

    @Test
    void planWhenAnEmptyStackWasThereLeavesIt() throws Exception {
        aws.show(StackStatus.REVIEW_IN_PROGRESS);
        aws.changes.add(added());

        planner.plan(spec(), DeployOptions.CAREFUL);

        assertThat(aws.calls).contains("DeleteChangeSet").doesNotContain("DeleteStack");
    }

    @Test
    void planWhenOnlyTagsAndProtectionDifferSaysSo() throws Exception {
        aws.show(StackStatus.UPDATE_COMPLETE);
        aws.terminationProtection = true;

        Plan plan = planner.plan(spec(), DeployOptions.CAREFUL);

        assertThat(plan.empty()).isFalse();
        assertThat(plan.stackChanges())
                .extracting(PropertyChange::line)
                .containsExactly("Tags.Team: tape", "TerminationProtection: true -> false");
    }

    @Test
    void planWhenNothingDiffersIsEmpty() throws Exception {
        aws.show(StackStatus.UPDATE_COMPLETE);
        aws.changeSetFailure = "The submitted information didn't contain changes.";

        assertThat(planner.plan(spec(), DeployOptions.CAREFUL).empty()).isTrue();
    }

    @Test
    void planWhenTheStackIsStuckComparesTheTemplates() throws Exception {
        aws.show(StackStatus.UPDATE_ROLLBACK_FAILED);
        aws.template = TEMPLATE.replace("DelaySeconds: 1", "DelaySeconds: 0");

        Plan plan = planner.plan(spec(), DeployOptions.CAREFUL);

        assertThat(plan.notes()).singleElement().asString().contains("UPDATE_ROLLBACK_FAILED");
        assertThat(plan.changes().get(0).properties())
                .extracting(PropertyChange::line)
                .containsExactly("DelaySeconds: 0 -> 1");
        assertThat(aws.calls).doesNotContain("CreateChangeSet");
    }

    @Test
    void planWhenTheTemplateIsRefusedSaysWhyAndLeavesNothing() {
        aws.changeSetFailure = "Template error";

        assertThatThrownBy(() -> planner.plan(spec(), DeployOptions.CAREFUL))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("AWS says: Template error");
        assertThat(aws.calls).containsSubsequence("DeleteChangeSet", "DeleteStack");
    }

    private static StackSpec spec() {
        return new StackSpec(STACK, TEMPLATE, Map.of(), Map.of("Team", "tape"), false);
    }

    private static software.amazon.awssdk.services.cloudformation.model.Change added() {
        return change(ResourceChange.builder()
                .action(ChangeAction.ADD)
                .logicalResourceId("Queue")
                .resourceType("AWS::SQS::Queue"));
    }
}
