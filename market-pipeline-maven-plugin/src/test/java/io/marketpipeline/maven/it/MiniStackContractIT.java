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
}
