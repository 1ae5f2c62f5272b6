package io.marketpipeline.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.function.handlers.ScriptedHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Function processes end with the endpoint, even when it had no chance to end them. */
class EndpointDeathIT {
    @Test
    void functionProcessesEndWhenTheEndpointIsKilled() throws IOException {
        Process endpoint = new ProcessBuilder(
                        JvmLauncher.java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalEndpoint.class.getName(),
                        "--port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<ProcessHandle> children;
        try (LambdaClient lambda = LambdaClient.builder()
                .endpointOverride(address(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build()) {
            lambda.createFunction(create -> create.functionName("f")
                    .runtime("java21")
                    .role("arn:aws:iam::000000000000:role/r")
                    .handler(ScriptedHandler.class.getName())
                    .code(code -> code.zipFile(SdkBytes.fromByteArray(FunctionZip.of(ScriptedHandler.class)))));
            lambda.invoke(invoke -> invoke.functionName("f"));
            children = endpoint.descendants().toList();
        } finally {
            endpoint.destroyForcibly();
        }

        assertThat(children).isNotEmpty();
        Eventually.holds(
                "all function processes have ended", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static URI address(Process endpoint) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(endpoint.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("market-pipeline-local ready ")) {
                return URI.create(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        throw new AssertionError("The endpoint ended without a word");
    }
}
