package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.ShownPath;
import io.marketpipeline.maven.permission.Permissions;
import io.marketpipeline.maven.permission.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes the IAM policies that people and builds need for {@code -Denv}, and nothing more: {@code deploy} for who makes,
 * changes and removes the stack, {@code operate} for who publishes and deals with failed events, {@code read} for who looks.
 * Each is a file under {@code target/market-pipeline}; nothing is called. With {@code -q} and {@code -Dformat=json} the
 * policy of one {@code -Dtask} is all that it writes.
 */
@Mojo(name = "policy", configurator = PomConfigurator.HINT, threadSafe = true)
public final class PolicyMojo extends AbstractPipelineMojo {
    /** {@code deploy}, {@code operate}, {@code read} or {@code all} (default); for example {@code -Dtask=read}. */
    @Parameter(property = "task", defaultValue = "all")
    private String task = "all";

    /** {@code table} (default) names the files, {@code json} shows the policies themselves. */
    @Parameter(property = "format", defaultValue = "table")
    private String format = "table";

    @Override
    void run(PipelineConfig config) throws IOException {
        if (!List.of("table", "json").contains(format)) {
            throw new UserFixableException(
                    "-Dformat is '" + format + "', must be table or json; example: -Dformat=json");
        }
        Console console = console();
        Permissions permissions = new Permissions(config);
        for (Task one : Task.named(task)) {
            List<String> documents = permissions.documents(one);
            console.line(one.word() + ": for goals " + String.join(", ", permissions.goals(one)));
            for (int part = 1; part <= documents.size(); part++) {
                String number = documents.size() == 1 ? "" : "-" + part;
                Path file = config.outputDirectory()
                        .resolve("policy-" + one.word() + number + "-" + config.environment() + ".json");
                Files.createDirectories(config.outputDirectory());
                Files.writeString(file, documents.get(part - 1) + "\n", StandardCharsets.UTF_8);
                console.line("  " + ShownPath.of(file));
                if (format.equals("json")) {
                    console.result(documents.get(part - 1));
                }
            }
        }
        if (config.accountId().isEmpty()) {
            console.line("They name no account: set <accountId> to narrow them to one.");
        }
    }
}
