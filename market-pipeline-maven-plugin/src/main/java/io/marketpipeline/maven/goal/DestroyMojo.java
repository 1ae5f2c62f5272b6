package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Terminal;
import io.marketpipeline.maven.stack.PipelineRemoval;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Deletes the stack of {@code -Denv}, after the environment's name has been typed in. The tables, and a key that the
 * stack made for them, are kept with what they hold: the next {@code deploy} takes the tables over again. With
 * {@code -DdeleteData} they go, too, unless {@code <tables><retain>} is set.
 */
@Mojo(name = "destroy", configurator = PomConfigurator.HINT, threadSafe = true)
public final class DestroyMojo extends AbstractPipelineMojo {
    /** Deletes without asking; default {@code false}. Needed where nobody can answer, such as in CI. */
    @Parameter(property = "force", defaultValue = "false")
    private boolean force;

    /** Deletes the tables and all they hold, too; default {@code false}. */
    @Parameter(property = "deleteData", defaultValue = "false")
    private boolean deleteData;

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        if (deleteData && config.tables().retain()) {
            throw new UserFixableException("-DdeleteData is given, but <tables><retain> keeps the data of environment '"
                    + config.environment() + "'. Set <retain>false</retain> for it, or leave out -DdeleteData to delete"
                    + " the stack and keep its tables. Nothing was touched.");
        }
        Console console = console();
        try (AwsClients clients = AwsClients.of(config)) {
            String accountId = clients.check().account();
            if (!force) {
                boolean askable = session().getRequest().isInteractiveMode() && Terminal.attachedForQuestions();
                new Confirmation(console, askable, Terminal::answer).require(config, deleteData);
            }
            new PipelineRemoval(clients, config, console).remove(accountId, deleteData);
        }
    }
}
