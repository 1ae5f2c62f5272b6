package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.endpoint.EndpointProcess;
import io.marketpipeline.maven.output.ShownPath;
import io.marketpipeline.maven.stack.OutputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.RepositorySystem;

/**
 * Starts the local endpoint and goes on with the build: {@code start} and {@code deploy-only} before the integration
 * tests, {@code stop} after them. It ends with Maven at the latest, however Maven ends.
 *
 * <p>Every later goal of the same project and build is aimed at it by itself, through the project properties
 * {@code market-pipeline.endpoint} (its URL, for Failsafe's {@code systemPropertyVariables}) and
 * {@code market-pipeline.env}. {@code target/market-pipeline/local.properties} holds {@code endpoint}, {@code environment} and {@code region}. The
 * environment is {@code local} unless {@code -Denv} names another.
 */
@Mojo(name = "start", configurator = PomConfigurator.HINT, defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST)
public final class StartMojo extends AbstractPipelineMojo {
    private final RepositorySystem repositories;

    /** Port on 127.0.0.1; default {@code 4700}. 0 takes a free one, which suits tests that run side by side. */
    @Parameter(property = "port", defaultValue = "4700")
    private int port;

    @Inject
    StartMojo(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    @Override
    Optional<String> defaultEnvironment() {
        return Optional.of(EndpointStart.LOCAL_ENVIRONMENT);
    }

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        Map<String, Object> context = StartedEndpoint.context(this);
        Optional<EndpointProcess> running = StartedEndpoint.in(context);
        if (running.isPresent()) {
            throw new UserFixableException("A local endpoint runs already at "
                    + running.get().uri() + " for this project. Leave out the second <goal>start</goal>, or put"
                    + " <goal>stop</goal> before it.");
        }
        EndpointProcess endpoint = EndpointStart.of(
                config,
                EndpointClassPath.resolve(
                        repositories, session(), project(), execution().getVersion()),
                port);
        StartedEndpoint.put(context, endpoint);
        publish(config, endpoint);
        getLog().info("The local endpoint runs at " + endpoint.uri() + "; its log: " + ShownPath.of(endpoint.log()));
    }

    private void publish(PipelineConfig config, EndpointProcess endpoint) throws IOException {
        String uri = endpoint.uri().toString();
        Properties properties = project().getProperties();
        properties.setProperty(ENDPOINT_PROPERTY, uri);
        properties.setProperty(ENVIRONMENT_PROPERTY, config.environment());
        Files.writeString(
                config.outputDirectory().resolve("local.properties"),
                OutputFiles.properties(
                        Map.of("endpoint", uri, "environment", config.environment(), "region", config.region())));
    }
}
