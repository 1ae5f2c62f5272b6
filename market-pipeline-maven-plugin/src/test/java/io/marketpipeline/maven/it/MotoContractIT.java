package io.marketpipeline.maven.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** moto as second opinion: what its CloudFormation makes of a first deployment, which is not all. */
class MotoContractIT {
    @Test
    void everyPropertyThatMotoKeepsIsWhatThePomAsksFor(@TempDir Path folder) throws Exception {
        SampleProject project = SampleProject.copy("proof", folder);
        try (DeploymentEndpoint endpoint = DeploymentEndpoint.moto(folder);
                MavenRun run =
                        Maven.ofThisBuild().run(project, "deploy", "-Denv=proof", "-Dendpoint=" + endpoint.uri())) {
            assertThat(run.output())
                    .as("once it lists the resources of a stack with a function's version, the deploy succeeds")
                    .contains("35 resources to create", "Status Code: 500");
            byte[] zip = Files.readAllBytes(project.written("function.zip"));
            String code = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(zip));
            ReadBack read = ReadBack.of(endpoint.uri(), "proof", folder);
            Map<String, String> differences = ReadBack.expected(code).differences(read);
            Map<String, String> lacks = ReadBack.lacks("moto");
            TreeSet<String> differing = new TreeSet<>(differences.keySet());

            lacks.keySet().forEach(lack -> differences.keySet().removeIf(where -> covers(lack, where)));
            lacks.keySet().removeIf(lack -> differing.stream().anyMatch(where -> covers(lack, where)));

            assertThat(differences).isEmpty();
            assertThat(lacks)
                    .as("what moto has learnt, and lacks-moto.txt should drop")
                    .isEmpty();
        }
    }

    private static boolean covers(String lack, String where) {
        return where.equals(lack) || where.startsWith(lack + "/");
    }
}
