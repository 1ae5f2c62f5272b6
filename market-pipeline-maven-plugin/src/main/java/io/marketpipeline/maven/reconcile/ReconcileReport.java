package io.marketpipeline.maven.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.ShownPath;
import io.marketpipeline.maven.output.Table;
import io.marketpipeline.maven.output.Visible;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a reconciliation found.
 *
 * @param counts by name, in their order
 */
record ReconcileReport(
        String environment,
        Instant checkedAt,
        Reconciliation.Request request,
        Map<String, Long> counts,
        List<Finding> findings) {
    private static final int SHOWN = 20;

    void print(Console console) {
        Table table = Table.plain();
        counts.forEach((name, count) -> table.row(name, String.format(Locale.ROOT, "%,d", count)));
        table.lines().forEach(console::result);
    }

    String json() throws JsonProcessingException {
        JsonMapper json = new JsonMapper();
        ObjectNode report = json.createObjectNode();
        report.put("environment", environment);
        report.put("checkedAt", checkedAt.toString());
        if (request.accepted() instanceof Accepted.ByArchive archive) {
            report.putObject("archive")
                    .put("from", archive.span().from().toString())
                    .put("to", archive.span().to().toString());
        } else if (request.accepted() instanceof Accepted.ByManifests manifests) {
            manifests.files().forEach(file -> report.withArray("manifests").add(file.toString()));
        }
        request.redriveReports()
                .forEach(file -> report.withArray("redriveReports").add(file.toString()));
        counts.forEach(
                (name, count) -> report.withObject("/counts").put(name.strip().replace(' ', '_'), count));
        report.putArray("findings");
        findings.forEach(finding -> report.withArray("findings")
                .addObject()
                .put("kind", finding.kind().name())
                .put("subject", finding.subject())
                .put("message", finding.message()));
        return Visible.lines(json.writerWithDefaultPrettyPrinter().writeValueAsString(report));
    }

    void write(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, json() + "\n");
    }

    /**
     * Says whether all adds up.
     *
     * @throws UserFixableException if it doesn't
     */
    void judge(Path file, Console console) {
        if (findings.isEmpty()) {
            console.line("All adds up. Report: " + ShownPath.of(file));
            return;
        }
        String lines = findings.stream().limit(SHOWN).map(Finding::line).collect(Collectors.joining("\n"));
        throw new UserFixableException(findings.size() + (findings.size() == 1 ? " thing doesn't" : " things don't")
                + " add up:\n" + lines
                + (findings.size() > SHOWN ? "\n... and " + (findings.size() - SHOWN) + " more" : "")
                + "\nAll are in " + ShownPath.of(file)
                + ". What each means and what to do: docs/operations.md, 'reconcile'");
    }
}
