package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.store.ReadFailedException;
import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Runs calls on a stack's resources and says in words what their failures mean. Thread-safe. */
public final class StackCalls {
    private static final Set<String> NOT_THERE =
            Set.of("ResourceNotFoundException", "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue");

    private final AwsClients clients;
    private final PipelineConfig config;

    /**
     * What is run.
     *
     * @param <T> what it gives
     */
    public interface Call<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Calls on the stack of this configuration. */
    public StackCalls(AwsClients clients, PipelineConfig config) {
        this.clients = clients;
        this.config = config;
    }

    /**
     * Runs a call.
     *
     * @param doing what it does, as in 'could not ...'
     * @throws UserFixableException if the stack isn't there, or for another failure that the user can mend
     */
    public <T> T during(String doing, Call<T> call) throws IOException, InterruptedException {
        try {
            return call.run();
        } catch (ReadFailedException e) {
            throw e.getCause() instanceof SdkException cause ? explained(doing, cause) : e;
        } catch (SdkException e) {
            throw explained(doing, e);
        }
    }

    private RuntimeException explained(String doing, SdkException failure) {
        if (failure instanceof AwsServiceException answer
                && answer.awsErrorDetails() != null
                && NOT_THERE.contains(String.valueOf(answer.awsErrorDetails().errorCode()))) {
            return new UserFixableException(
                    "Could not " + doing + ": " + clients.environment().where() + " has no stack of environment '"
                            + config.environment() + "', or not all of it ("
                            + answer.awsErrorDetails().errorMessage()
                            + "). Deploy it first: " + clients.environment().command("deploy")
                            + "\nIf it is deployed, this was deleted by hand; -DrevertDrift makes it anew",
                    failure);
        }
        return clients.failures()
                .explain(doing, failure)
                .<RuntimeException>map(why -> why)
                .orElse(failure);
    }
}
