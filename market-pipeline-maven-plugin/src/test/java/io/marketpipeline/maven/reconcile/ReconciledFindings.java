package io.marketpipeline.maven.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.replay.ArchiveReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the goal's reconciliation finds, as its report has it. */
public final class ReconciledFindings {
    private ReconciledFindings() {}

    /** By the manifest of one function of several that share tables, whose log group is named: each as kind and subject. */
    public static List<String> of(
            AwsClients clients, PipelineConfig config, Console console, Path manifest, String logGroup)
            throws IOException, InterruptedException {
        ArchiveReading unused = new ArchiveReading(clients, config, console);
        return of(
                new Reconciliation(clients, config, console, unused, logGroup),
                new Reconciliation.Request(new Accepted.ByManifests(List.of(manifest)), TimeRange.ALL, List.of()),
                manifest.resolveSibling("reconcile.json"));
    }

    /** Each as kind and subject. */
    static List<String> of(Reconciliation reconciliation, Reconciliation.Request request, Path report)
            throws IOException, InterruptedException {
        boolean adds = true;
        try {
            reconciliation.run(request, report, false);
        } catch (UserFixableException e) {
            adds = false;
        }
        List<String> findings = new ArrayList<>();
        for (JsonNode finding : new JsonMapper().readTree(report.toFile()).path("findings")) {
            findings.add(finding.path("kind").asText() + " "
                    + finding.path("subject").asText());
        }
        assertThat(findings.isEmpty())
                .as("the goal fails where it finds something")
                .isEqualTo(adds);
        return findings;
    }
}
