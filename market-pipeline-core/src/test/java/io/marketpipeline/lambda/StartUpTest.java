package io.marketpipeline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.schema.FunctionVariables;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start loads is what a cold start takes. */
class StartUpTest {
    /** As the stack's template sets them. */
    private static final Map<String, String> VARIABLES = Map.of(
            "AWS_ENDPOINT_URL",
            "http://127.0.0.1:1",
            FunctionVariables.IDENTITY,
            "event_id",
            FunctionVariables.DETAIL_TYPES,
            "Trade Execution=trade;Market Quote=quote",
            FunctionVariables.TTL,
            "{\"days\":30}",
            FunctionVariables.AUDIT_ON_FAILURE,
            "fail",
            FunctionVariables.NEGATIVE_PRICES,
            "*",
            FunctionVariables.LOG_LEVEL,
            "INFO",
            FunctionVariables.CLIENT,
            "lean");

    /** Makes the handler, which takes a first event through everything but the network. */
    static final class Start {
        public static void main(String[] arguments) {
            System.out.println(new MarketPipelineHandler().getClass().getName());
        }
    }

    @Test
    void startLoadsNoParserNoLambdaAndNoFormatter(@TempDir Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Start.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().putAll(VARIABLES);
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(folder.resolve("out.txt"))).contains(MarketPipelineHandler.class.getName());

        List<String> loaded = Files.readAllLines(log).stream()
                .filter(line -> line.contains(" source: "))
                .map(line -> line.replaceFirst("^(\\[[^]]*])+ ", "").replaceFirst(" source: .*", ""))
                .toList();
        assertThat(loaded).contains("io.marketpipeline.wire.WirePuts", "io.marketpipeline.store.MarketDataRow");
        assertThat(loaded.stream().filter(StartUpTest::isSlow)).isEmpty();
    }

    @Test
    void textsAreJoinedWithoutLinking() throws IOException, URISyntaxException {
        Path classes = Path.of(MarketPipelineHandler.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(all).hasSizeGreaterThan(100);
            for (Path file : all) {
                // The compiler's -XDstringConcat=inline is in the parent's pom.
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("makeConcatWithConstants");
            }
        }
    }

    private static boolean isSlow(String name) {
        return name.startsWith("com.fasterxml.")
                || name.startsWith("software.amazon.")
                || name.startsWith("java.time.format.")
                || name.startsWith("java.util.stream.")
                || name.equals("java.util.regex.Pattern$Prolog")
                || name.equals("java.lang.runtime.ObjectMethods")
                || (name.startsWith("io.marketpipeline.") && name.contains("$$Lambda"));
    }
}
