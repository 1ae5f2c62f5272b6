package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.endpoint.EndpointProcess;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** Ends the endpoint that {@code start} started in this build; says so where there is none. Needs no configuration. */
@Mojo(name = "stop", defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST)
public final class StopMojo extends AbstractMojo {
    /** Leaves the goal out; default {@code false}. */
    @Parameter(property = "market-pipeline.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private MavenProject project;

    @Override
    public void execute() {
        if (skip) {
            return;
        }
        Map<String, Object> context = StartedEndpoint.context(this);
        Optional<EndpointProcess> endpoint = StartedEndpoint.in(context);
        endpoint.ifPresent(EndpointProcess::close);
        StartedEndpoint.remove(context);
        Properties properties = project.getProperties();
        properties.remove(AbstractPipelineMojo.ENDPOINT_PROPERTY);
        properties.remove(AbstractPipelineMojo.ENVIRONMENT_PROPERTY);
        getLog().info(endpoint.map(ended -> "Ended the local endpoint at " + ended.uri())
                .orElse("No local endpoint was started in this build; nothing to end"));
    }
}
