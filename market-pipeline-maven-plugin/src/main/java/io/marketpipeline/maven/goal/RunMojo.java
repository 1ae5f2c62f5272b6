package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.ClassDataArchive;
import io.marketpipeline.maven.artifact.ProjectFiles;
import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.endpoint.EndpointProcess;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Mark;
import io.marketpipeline.maven.output.ShownPath;
import io.marketpipeline.maven.stack.DeployOptions;
import java.io.IOException;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.eclipse.aether.RepositorySystem;

/**
 * Runs the pipeline on this machine, without an AWS account: starts the local endpoint, deploys the stack into it, says
 * how to use it, and waits until it is interrupted (Ctrl-C). What it holds is in memory and ends with it. The environment
 * is {@code local} unless {@code -Denv} names another.
 */
@Mojo(name = "run", configurator = PomConfigurator.HINT, requiresDependencyResolution = ResolutionScope.RUNTIME)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public final class RunMojo extends AbstractPipelineMojo {
    private final RepositorySystem repositories;

    /** Port on 127.0.0.1; default {@code 4700}. 0 takes a free one; for example {@code -Dport=4701}. */
    @Parameter(property = "port", defaultValue = "4700")
    private int port;

    @Inject
    RunMojo(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    @Override
    Optional<String> defaultEnvironment() {
        return Optional.of(EndpointStart.LOCAL_ENVIRONMENT);
    }

    @Override
    Optional<ProjectFiles> packagedProject() {
        return Optional.of(ProjectFilesOf.project(project()));
    }

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        Console console = console();
        console.line("Starting the local endpoint ...");
        EndpointProcess endpoint = EndpointStart.of(
                config,
                EndpointClassPath.resolve(
                        repositories, session(), project(), execution().getVersion()),
                port);
        Thread ending = new Thread(endpoint::close, "end-local-endpoint");
        Runtime.getRuntime().addShutdownHook(ending);
        try (endpoint) {
            Deployment.of(config.at(endpoint.uri()), project(), console, DeployOptions.CAREFUL);
            getLog().debug("Class data: "
                    + ClassDataArchive.make(
                            config.functionZip(), config.function().handler()));
            explain(config, endpoint, console);
            int exitCode = endpoint.await();
            throw new UserFixableException("The local endpoint ended by itself (exit code " + exitCode
                    + "). The last it wrote (" + endpoint.log() + "):\n" + EndpointProcess.lastLines(endpoint.log()));
        }
    }

    private static void explain(PipelineConfig config, EndpointProcess endpoint, Console console) {
        AwsEnvironment there = AwsEnvironment.of(config.at(endpoint.uri()));
        console.line("");
        console.line(
                console.mark(Mark.GOOD, "The pipeline runs at " + endpoint.uri()) + "; Ctrl-C ends it. Elsewhere:");
        console.line("  " + there.command("publish", "-Dfile=ticks.csv"));
        console.line("  " + there.command("query", "-Dsymbol=BAC"));
        console.line("  " + there.command("logs"));
        console.line("  AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local "
                + there.cli("aws dynamodb scan --table-name " + config.names().marketDataTable()));
        console.line("Its log: " + ShownPath.of(endpoint.log()));
    }
}
