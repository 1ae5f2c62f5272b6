package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Table;
import io.marketpipeline.maven.stack.OutputFiles;
import io.marketpipeline.maven.stack.StackReader;
import java.io.IOException;
import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows the outputs of the stack of {@code -Denv}: names, ARNs and URLs of what it made. With {@code -q} and
 * {@code -Dformat=json} it writes nothing else, so that a script can read it.
 */
@Mojo(name = "outputs", configurator = PomConfigurator.HINT, threadSafe = true)
public final class OutputsMojo extends AbstractPipelineMojo {
    /** {@code table} (default), {@code properties} or {@code json}; for example {@code -Dformat=json}. */
    @Parameter(property = "format", defaultValue = "table")
    private String format = "table";

    @Override
    void run(PipelineConfig config) throws IOException {
        Map<String, String> outputs;
        try (AwsClients clients = AwsClients.of(config)) {
            clients.check();
            outputs = new StackReader(clients.cloudFormation(), clients.failures())
                    .existingOutputs(config.names().stack());
        }
        show(outputs, console());
        new OutputFiles(config.outputDirectory(), config.environment()).write(outputs);
    }

    private void show(Map<String, String> outputs, Console console) {
        switch (format) {
            case "table" -> {
                Table table = Table.plain();
                outputs.forEach((key, value) -> table.row(key, value));
                table.lines().forEach(console::result);
            }
            case "properties" -> console.result(OutputFiles.properties(outputs).stripTrailing());
            case "json" -> console.result(OutputFiles.json(outputs).stripTrailing());
            default ->
                throw new UserFixableException(
                        "-Dformat is '" + format + "', must be table, properties or json; example: -Dformat=json");
        }
    }
}
