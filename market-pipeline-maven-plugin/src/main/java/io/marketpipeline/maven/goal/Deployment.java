package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.Packager;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.CallerIdentity;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.stack.DeployOptions;
import io.marketpipeline.maven.stack.PipelineDeployment;
import io.marketpipeline.maven.stack.StackResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What all goals that deploy do: check, package, deploy. */
final class Deployment {
    private Deployment() {}

    /**
     * What was decided for this run.
     *
     * @param onBusy {@code wait} or {@code fail}
     * @param skipInRollback logical ids joined by commas; null for none
     * @throws UserFixableException where a switch has a value that it can't have
     */
    static DeployOptions options(
            MavenProject project,
            PipelineConfig config,
            boolean allowDataLoss,
            String onBusy,
            @Nullable String skipInRollback) {
        if (!Set.of("wait", "fail").contains(onBusy)) {
            throw new UserFixableException(
                    "-DonBusy is '" + onBusy + "', must be wait or fail; example: -DonBusy=fail. Nothing was touched.");
        }
        List<String> skip = skipInRollback == null
                ? List.of()
                : Arrays.stream(skipInRollback.split(",", -1))
                        .map(String::strip)
                        .toList();
        if (skip.stream().anyMatch(id -> !id.matches("[A-Za-z0-9]+"))) {
            throw new UserFixableException(
                    "-DskipInRollback is '" + skipInRollback + "', must be logical ids of resources"
                            + " joined by commas; example: -DskipInRollback=FunctionErrorsAlarm. Nothing was touched.");
        }
        DeployOptions options = DeployOptions.CAREFUL
                .telling(PomPlaces.of(project, config.environment()))
                .skipping(skip);
        options = allowDataLoss ? options.allowingDataLoss() : options;
        return onBusy.equals("wait") ? options : options.withoutWaiting();
    }

    /** Follows what is under way in the environment's stack. */
    static void attach(PipelineConfig config, Console console, DeployOptions options)
            throws IOException, InterruptedException {
        try (AwsClients clients = AwsClients.of(config)) {
            clients.check();
            new PipelineDeployment(clients, config, console).attach(options);
        }
    }

    /** Deploys the project's function and stack; nothing is packaged before the check. */
    static StackResult of(PipelineConfig config, MavenProject project, Console console, DeployOptions options)
            throws IOException, InterruptedException {
        return of(config, project, console, options, false);
    }

    /** As above; {@code fast} replaces the code alone where nothing else has changed. */
    static StackResult of(
            PipelineConfig config, MavenProject project, Console console, DeployOptions options, boolean fast)
            throws IOException, InterruptedException {
        try (AwsClients clients = AwsClients.of(config)) {
            CallerIdentity caller = clients.check();
            return new PipelineDeployment(clients, config, console)
                    .deploy(caller, Packager.pack(config, ProjectFilesOf.project(project)), options, fast);
        }
    }
}
