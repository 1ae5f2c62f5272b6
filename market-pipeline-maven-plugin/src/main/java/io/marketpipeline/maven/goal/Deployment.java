package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.Packager;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.CallerIdentity;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.stack.PipelineDeployment;
import io.marketpipeline.maven.stack.StackResult;
import java.io.IOException;
import org.apache.maven.project.MavenProject;

/** What all goals that deploy do: check, package, deploy. */
final class Deployment {
    private Deployment() {}

    /** Deploys the project's function and stack; nothing is packaged before the check. */
    static StackResult of(PipelineConfig config, MavenProject project, Console console)
            throws IOException, InterruptedException {
        return of(config, project, console, false);
    }

    /** As above; {@code fast} replaces the code alone where nothing else has changed. */
    static StackResult of(PipelineConfig config, MavenProject project, Console console, boolean fast)
            throws IOException, InterruptedException {
        try (AwsClients clients = AwsClients.of(config)) {
            CallerIdentity caller = clients.check();
            return new PipelineDeployment(clients, config, console)
                    .deploy(caller, Packager.pack(config, ProjectFilesOf.project(project)), fast);
        }
    }
}
