package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.stack.PipelineRollback;
import java.util.OptionalInt;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Puts the function's previous version live, code and configuration, within seconds: <code>mvn market-pipeline:rollback
 * -Denv=prod</code>. It moves the alias that the rules invoke and nothing else: no build, no upload, no CloudFormation,
 * so it works while the stack is stuck, too. Then it makes sure that the version answers. The next {@code deploy} puts
 * the project's own code live again. {@code <function><keepVersions>} says how many versions there are to go back to.
 */
@Mojo(name = "rollback", configurator = PomConfigurator.HINT, threadSafe = true)
public final class RollbackMojo extends AbstractPipelineMojo {
    /** Number of the version to put live; the one before the live one by default. Example: {@code -Dversion=3}. */
    @Parameter(property = "version")
    private @Nullable String version;

    /** Shows the versions to choose from and changes nothing; default {@code false}. */
    @Parameter(property = "list", defaultValue = "false")
    private boolean list;

    @Override
    void run(PipelineConfig config) throws InterruptedException {
        OptionalInt wanted = number();
        try (AwsClients clients = AwsClients.of(config)) {
            clients.check();
            PipelineRollback rollback = new PipelineRollback(clients, config, console());
            if (list) {
                rollback.list();
            } else {
                rollback.to(wanted);
            }
        }
    }

    private OptionalInt number() {
        if (version == null || version.isBlank()) {
            return OptionalInt.empty();
        }
        if (!version.strip().matches("[1-9][0-9]{0,8}")) {
            throw new UserFixableException("-Dversion is '" + version + "', must be the number of a version; example:"
                    + " -Dversion=3. -Dlist shows them");
        }
        return OptionalInt.of(Integer.parseInt(version.strip()));
    }
}
