package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
    private static final Map<String, String> OUTPUTS =
            Map.of("QueueUrl", "http://127.0.0.1:4700/queue=1", "BusName", "a \"bus\"");

    @Test
    void writeMakesBothFiles(@TempDir Path directory) throws IOException {
        new OutputFiles(directory.resolve("target"), "dev").write(OUTPUTS);

        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve("target/outputs-dev.properties"))) {
            read.load(reader);
        }
        assertThat(read).isEqualTo(OUTPUTS);
        assertThat(directory.resolve("target/outputs-dev.json"))
                .hasContent(
                        "{\n  \"BusName\": \"a \\\"bus\\\"\",\n  \"QueueUrl\": \"http://127.0.0.1:4700/queue=1\"\n}\n");
    }

    @Test
    void propertiesAreSortedAndWithoutTime() {
        assertThat(OutputFiles.properties(OUTPUTS).lines())
                .containsExactly("BusName=a \"bus\"", "QueueUrl=http\\://127.0.0.1\\:4700/queue\\=1");
    }
}
