package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.adopt.Adoption;
import io.marketpipeline.maven.artifact.PackagedFunction;
import io.marketpipeline.maven.artifact.Packager;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.CallerIdentity;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Terminal;
import io.marketpipeline.maven.stack.PipelineDeployment;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Takes over what the Terraform original made for {@code -Denv}, its environment suffix: nothing is replaced or emptied,
 * and no event arrives twice. It says what it will take and what it can't, asks, imports the resources into the stack as
 * they are, and then deploys the pipeline over them. A run that was cut off is taken up where it ended.
 */
@Mojo(
        name = "import",
        configurator = PomConfigurator.HINT,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public final class ImportMojo extends AbstractPipelineMojo {
    /** Only says what would be taken over; default {@code false}. */
    @Parameter(property = "dryRun", defaultValue = "false")
    private boolean dryRun;

    /** Goes on without asking; default {@code false}. Needed where nobody can answer, such as in CI. */
    @Parameter(property = "yes", defaultValue = "false")
    private boolean yes;

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        Console console = console();
        try (AwsClients clients = AwsClients.of(config)) {
            CallerIdentity caller = clients.check();
            Adoption adoption = Adoption.of(clients, config, console);
            adoption.tell();
            if (dryRun) {
                console.line("Nothing was touched (-DdryRun). Afterwards Terraform would have to let go:");
                adoption.terraform().forEach(line -> console.line("  " + line));
                return;
            }
            if (!yes) {
                boolean askable = session().getRequest().isInteractiveMode() && Terminal.attachedForQuestions();
                new Confirmation(console, askable, Terminal::answer).requireImport(config);
            }
            PackagedFunction function = Packager.pack(config, ProjectFilesOf.project(project()));
            adoption.takeOver();
            new PipelineDeployment(clients, config, console).deploy(caller, function);
            adoption.finish();
        }
    }
}
