package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Elapsed;
import io.marketpipeline.maven.output.Mark;
import io.marketpipeline.maven.output.ShellWord;
import io.marketpipeline.maven.stack.Removal.Kept;

/** Removes one environment's stack and says what stays. Not thread-safe. */
public final class PipelineRemoval {
    private final AwsClients clients;
    private final PipelineConfig config;
    private final Console console;

    /** A removal through the clients, which stay the caller's. */
    public PipelineRemoval(AwsClients clients, PipelineConfig config, Console console) {
        this.clients = clients;
        this.config = config;
        this.console = console;
    }

    /**
     * Deletes the stack.
     *
     * @param accountId account that the stack is in
     * @param deleteData whether tables and key go with it
     * @throws io.marketpipeline.maven.config.UserFixableException where the user can mend what went wrong
     */
    public void remove(String accountId, boolean deleteData) throws InterruptedException {
        StackListener listener = ConsoleStackListener.ofRemoval(console);
        ArtifactBucket bucket = new ArtifactBucket(clients, listener, accountId);
        Removal removal = new StackRemover(
                        clients.cloudFormation(), clients.failures(), bucket.store()::putTemplate, listener)
                .remove(config.names().stack(), deleteData);
        String stack = config.names().stack();
        if (!removal.existed()) {
            console.line("There is no stack " + stack + " at "
                    + clients.environment().where() + "; nothing to delete");
            return;
        }
        console.line(console.mark(Mark.GOOD, "Deleted stack " + stack) + " in " + Elapsed.words(removal.took()));
        if (!removal.kept().isEmpty()) {
            tellKept(removal);
        }
    }

    private void tellKept(Removal removal) {
        console.line("Kept, with what they hold:");
        removal.kept().forEach(kept -> console.line("  = " + kept.physicalId() + "  " + kept.type()));
        console.line("To use the tables again: `" + clients.environment().command("deploy") + "` takes them over.");
        removal.kept().stream()
                .filter(kept -> kept.type().equals("AWS::KMS::Key"))
                .forEach(key -> console.line("Their key can't be taken over by itself; name it before you deploy:"
                        + " <tables><keyArn> with the ARN of key " + key.physicalId()));
        console.line("To delete what they hold for good:");
        removal.kept().forEach(kept -> console.line("  " + deletion(kept)));
    }

    private String deletion(Kept kept) {
        String command = kept.type().equals("AWS::KMS::Key")
                ? "aws kms schedule-key-deletion --key-id " + ShellWord.of(kept.physicalId())
                : "aws dynamodb delete-table --table-name " + ShellWord.of(kept.physicalId());
        return clients.environment().cli(command);
    }
}
