package io.marketpipeline.maven.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.text.Sha256Hex;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassDataArchiveTest {
    private static final String HANDLER = MarketPipelineHandler.class.getName();
    private static final Class<?> LAMBDA_CORE = MarketPipelineHandler.class.getInterfaces()[0];

    @TempDir
    private Path folder;

    @Test
    void functionStartsFromItsArchive() throws Exception {
        Path zip = zip(MarketPipelineHandler.class, LAMBDA_CORE, JsonFactory.class);

        String made = ClassDataArchive.make(zip, HANDLER);

        Properties description = description(zip);
        assertThat(made).endsWith(" MB");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(description.getProperty("flags").lines().toList());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xlog:class+load",
                "-cp",
                description.getProperty("classPath").replace("\n", File.pathSeparator) + File.pathSeparator + folder,
                "io.marketpipeline.lambda.StartTraining",
                HANDLER));
        assertThat(output(command))
                .contains(HANDLER + " source: shared objects file")
                .doesNotContain("rehearsal failed");
        assertThat(ClassDataArchive.make(zip, HANDLER)).endsWith("is up to date");
    }

    @Test
    void functionWithoutTheLibraryHasNone() throws Exception {
        Path zip = zip(LAMBDA_CORE);

        assertThat(ClassDataArchive.make(zip, HANDLER))
                .isEqualTo("none, since the function's zip doesn't have market-pipeline-core");
    }

    @Test
    void functionThatCannotStartHasNone() throws Exception {
        Path zip = zip(MarketPipelineHandler.class, LAMBDA_CORE, JsonFactory.class);

        assertThat(ClassDataArchive.make(zip, "com.example.NoSuchHandler"))
                .startsWith("none; the function's start in ");
        assertThat(home(zip).resolve("class-data.properties")).doesNotExist();
        assertThat(home(zip).resolve("training.log")).content().contains("ClassNotFoundException");
    }

    /** A zip as goal {@code package} makes it, of the jars or folders that classes come from. */
    private Path zip(Class<?>... types) throws IOException, URISyntaxException {
        SortedMap<String, byte[]> jars = new TreeMap<>();
        for (Class<?> type : types) {
            Path source = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            byte[] jar = Files.isDirectory(source)
                    ? ReproducibleZip.of(ClassFiles.read(source))
                    : Files.readAllBytes(source);
            jars.put("lib/" + type.getSimpleName() + ".jar", jar);
        }
        return Files.write(folder.resolve("function.zip"), ReproducibleZip.of(jars));
    }

    private static Path home(Path zip) throws IOException {
        return ClassDataArchive.folder(zip.resolveSibling("")).resolve(Sha256Hex.of(Files.readAllBytes(zip)));
    }

    private static Properties description(Path zip) throws IOException {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(home(zip).resolve("class-data.properties"))) {
            properties.load(text);
        }
        return properties;
    }

    private static String output(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "AWS_REGION", "us-east-1",
                        "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                        "MARKET_DATA_TABLE", "m",
                        "AUDIT_TRAIL_TABLE", "a"));
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
