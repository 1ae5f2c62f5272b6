package io.marketpipeline.maven.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.PipelineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden files are the templates; {@code -Dgolden.write} writes them anew after a change that is meant. */
class GoldenTemplateTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "templates");

    static Stream<Arguments> templates() {
        return Stream.of(
                Arguments.of("minimal.yaml", template(Configurations::minimal)),
                Arguments.of("prod.yaml", template(Configurations::prod)),
                Arguments.of("buffered.yaml", template(Configurations::buffered)),
                Arguments.of("artifact-bucket.yaml", (Supplier<Template>)
                        () -> ArtifactBucketTemplate.of("111122223333", "us-east-1", Map.of("Team", "Platform"))));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void templateWhenConfigurationIsTheSameIsTheGoldenOne(String file, Supplier<Template> template) throws IOException {
        String yaml = template.get().yaml();
        if (System.getProperty("golden.write") != null) {
            Files.writeString(GOLDEN.resolve(file), yaml, UTF_8);
        }
        String golden = Files.readString(GOLDEN.resolve(file), UTF_8);
        assertThat(TemplateParser.parse(yaml)).isEqualTo(TemplateParser.parse(golden));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void templateWhenGeneratedTwiceHasTheSameBytes(String file, Supplier<Template> template) {
        assertThat(template.get().yaml().getBytes(UTF_8))
                .isEqualTo(template.get().yaml().getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void templateFitsInline(String file, Supplier<Template> template) {
        assertThat(template.get().yaml().getBytes(UTF_8)).hasSizeLessThan(Template.MAX_INLINE_BYTES);
    }

    private static Supplier<Template> template(Supplier<PipelineConfig> config) {
        return () -> PipelineTemplate.of(config.get(), new CodeArtifact("ab".repeat(32)));
    }
}
