package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.ClassDataArchive;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.endpoint.EndpointOptions;
import io.marketpipeline.maven.endpoint.EndpointProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts the local endpoint for an environment; what {@code run} and {@code start} have in common. */
final class EndpointStart {
    /** Environment of {@code run} and {@code start} where none is named. */
    static final String LOCAL_ENVIRONMENT = "local";

    private static final String LOCAL_ACCOUNT = "000000000000";

    private EndpointStart() {}

    /** Plays the environment's region and account, so that its checks hold there, too. */
    static EndpointProcess of(PipelineConfig config, List<Path> classPath, int port)
            throws IOException, InterruptedException {
        return EndpointProcess.start(new EndpointOptions(
                classPath,
                port,
                config.region(),
                config.accountId().orElse(LOCAL_ACCOUNT),
                config.outputDirectory().resolve("local.log"),
                List.of(
                        "--class-data",
                        ClassDataArchive.folder(config.outputDirectory())
                                .toAbsolutePath()
                                .normalize()
                                .toString())));
    }
}
