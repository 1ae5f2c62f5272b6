package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.LocalOptions;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.AwsEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A stack whose update failed, and whose way back failed, too, because somebody deleted a queue meanwhile. */
class StuckStackIT {
    /** Between two resources there is time to delete a queue, on a slow machine, too. */
    private static final int STEP_MS = 1_500;

    /** For a look at the queue's resource; the deployer looks too seldom. */
    private static final int LOOK_MS = 20;

    private static final String ORPHAN =
            """
              Orphan:
                Type: AWS::SQS::QueuePolicy
                DependsOn: Letters
                Properties:
                  Queues: [ 'http://127.0.0.1/000000000000/no-such-queue' ]
                  PolicyDocument: { Version: '2012-10-17', Statement: [] }
            """;

    private static LocalEndpoint endpoint;
    private static AwsClients clients;

    @BeforeAll
    static void start() throws Exception {
        LocalOptions some = LocalOptions.defaults();
        endpoint = LocalEndpoint.start(new LocalOptions(0, some.region(), some.accountId(), 1, 1, STEP_MS, null, null));
        clients = AwsClients.of(
                new AwsEnvironment("dev", some.region(), Optional.empty(), Optional.of(endpoint.uri()), Map.of()));
    }

    @AfterAll
    static void end() {
        clients.close();
        endpoint.close();
    }

    @Test
    void deployWhenTheCauseIsMendedGoesOnWithTheWayBackAndUpdates() throws Exception {
        stuck("mended");
        clients.sqs().createQueue(request -> request.queueName("letters-mended"));

        StackResult result = deployer(new RecordingListener()).deploy(spec("mended", 90, ""), DeployOptions.CAREFUL);

        assertThat(result.kind()).isEqualTo(StackResult.Kind.UPDATED);
        assertThat(retention("mended")).isEqualTo("90");
    }

    @Test
    void deployWhenTheQueueStaysGoneNamesWhatToSkipAndThenMakesItAnew() throws Exception {
        stuck("skipped");

        assertThatThrownBy(
                        () -> deployer(new RecordingListener()).deploy(spec("skipped", 90, ""), DeployOptions.CAREFUL))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("the way back from an earlier update failed again (UPDATE_ROLLBACK_FAILED)")
                .hasMessageContaining("Letters (AWS::SQS::Queue")
                .hasMessageContaining("-DskipInRollback=Letters");

        deployer(new RecordingListener())
                .deploy(
                        spec("skipped", 90, ""),
                        DeployOptions.CAREFUL.skipping(List.of("Letters")).revertingDrift(true));
        assertThat(retention("skipped")).isEqualTo("90");
    }

    /** Deletes the queue when it has been updated and what comes after has not failed yet. */
    private static void stuck(String name) throws InterruptedException {
        deployer(new RecordingListener()).deploy(spec(name, 60, ""), DeployOptions.CAREFUL);
        CompletableFuture<Void> deleted = CompletableFuture.runAsync(() -> deleteOnceUpdated(name));

        assertThatThrownBy(
                        () -> deployer(new RecordingListener()).deploy(spec(name, 120, ORPHAN), DeployOptions.CAREFUL))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Orphan (AWS::SQS::QueuePolicy")
                .hasMessageContaining("The way back failed, too (UPDATE_ROLLBACK_FAILED)");
        assertThat(deleted).succeedsWithin(Duration.ofMinutes(1));
        assertThat(clients.cloudFormation()
                        .describeStacks(request -> request.stackName("market-pipeline-" + name))
                        .stacks())
                .singleElement()
                .satisfies(stack -> assertThat(stack.stackStatus()).isEqualTo(StackStatus.UPDATE_ROLLBACK_FAILED));
    }

    private static void deleteOnceUpdated(String name) {
        String url = url(name);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (status(name) != ResourceStatus.UPDATE_COMPLETE) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("letters-" + name + " was never updated");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
        }
        clients.sqs().deleteQueue(request -> request.queueUrl(url));
    }

    private static ResourceStatus status(String name) {
        return clients.cloudFormation()
                .describeStackResource(
                        request -> request.stackName("market-pipeline-" + name).logicalResourceId("Letters"))
                .stackResourceDetail()
                .resourceStatus();
    }

    private static StackDeployer deployer(StackListener listener) {
        return new StackDeployer(clients, template -> "", listener);
    }

    private static StackSpec spec(String name, int retention, String more) {
        String template =
                """
                Resources:
                  Letters:
                    Type: AWS::SQS::Queue
                    Properties:
                      QueueName: letters-%s
                      MessageRetentionPeriod: %d
                """
                        .formatted(name, retention);
        return new StackSpec("market-pipeline-" + name, template + more, Map.of(), Map.of(), false);
    }

    private static String retention(String name) {
        return clients.sqs()
                .getQueueAttributes(request ->
                        request.queueUrl(url(name)).attributeNames(QueueAttributeName.MESSAGE_RETENTION_PERIOD))
                .attributes()
                .get(QueueAttributeName.MESSAGE_RETENTION_PERIOD);
    }

    private static String url(String name) {
        return clients.sqs()
                .getQueueUrl(request -> request.queueName("letters-" + name))
                .queueUrl();
    }
}
