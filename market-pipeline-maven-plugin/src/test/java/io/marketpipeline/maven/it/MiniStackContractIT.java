package io.marketpipeline.maven.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline's life at MiniStack, an AWS that others wrote. */
class MiniStackContractIT extends DeploymentBehaviour {
    @Override
    DeploymentEndpoint start(Path logs) throws Exception {
        return DeploymentEndpoint.miniStack(logs);
    }

    @Override
    List<String> switches() {
        return List.of("-Darchive=false");
    }

    @Override
    boolean findsTakenNamesBeforehand() {
        return false;
    }

    /** MiniStack calls every change of a log group a possible replacement, which AWS doesn't. */
    @Override
    String losingSwitch() {
        return "-DlogDays=365";
    }

    @Override
    String lost() {
        return "FunctionLogGroup (AWS::Logs::LogGroup";
    }

    @Test
    void deployWithAnArchiveIsRefusedByName(@TempDir Path folder) throws Exception {
        try (DeploymentEndpoint endpoint = DeploymentEndpoint.miniStack(folder);
                MavenRun run = Maven.ofThisBuild()
                        .run(
                                SampleProject.copy("proof", folder),
                                "deploy",
                                "-Denv=proof",
                                "-Dendpoint=" + endpoint.uri())) {
            assertThat(run.output())
                    .as("once it knows archives, switches() and lacks-ministack.txt have to go")
                    .contains("Unrecognized resource types: [AWS::Events::Archive]");
        }
    }

    /** What it asks of an import, such as which property identifies a queue, was measured at AWS; it imports few types. */
    @Test
    void importIsUnderstoodAndRefusedByTheTypesThatItCannotImport(@TempDir Path folder) throws Exception {
        SampleProject project = SampleProject.copy("proof", folder);
        try (DeploymentEndpoint endpoint = DeploymentEndpoint.miniStack(folder);
                OriginalByTerraform original = new OriginalByTerraform(endpoint.uri(), "proof")) {
            original.apply("python3.11", "handler.lambda_handler", OriginalByTerraform.anyZip());
            try (MavenRun run = Maven.ofThisBuild()
                    .run(
                            project,
                            "import",
                            "-Denv=proof",
                            "-Dendpoint=" + endpoint.uri(),
                            "-Dyes",
                            "-Darchive=false")) {
                assertThat(run.output())
                        .as("once it imports all of them, compare with what ImportIT shows at the local endpoint")
                        .contains("Asking CloudFormation to import 11 resources", "Nothing was imported")
                        .containsPattern(
                                "Resource import is not supported by this emulator for [A-Z].*AWS::Events::Rule");
            }
        }
    }
}
