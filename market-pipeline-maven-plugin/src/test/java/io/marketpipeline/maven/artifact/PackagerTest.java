package io.marketpipeline.maven.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.maven.config.ConfigurationReader;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Switches;
import io.marketpipeline.maven.config.UserFixableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagerTest {
    @TempDir
    Path folder;

    @Test
    void packWritesZipAndTemplateThatNamesItsHash() throws IOException {
        PipelineConfig config = config(Configurations.handlerOnly().build());

        PackagedFunction packaged = Packager.pack(config, new ProjectFixture(folder).project());

        assertThat(packaged.zip()).isEqualTo(folder.resolve("out/function.zip")).hasSize(packaged.zipBytes());
        assertThat(folder.resolve("out/template-dev.yaml"))
                .content()
                .contains("S3Key: " + packaged.code().key());
    }

    @Test
    void packWhenRepeatedHasTheSameFiles() throws IOException {
        PipelineConfig config = config(Configurations.handlerOnly().build());
        ProjectFiles project = new ProjectFixture(folder).project();
        Packager.pack(config, project);
        byte[] zip = Files.readAllBytes(config.functionZip());
        byte[] template = Files.readAllBytes(config.templateFile());

        Packager.pack(config, project);

        assertThat(config.functionZip()).hasBinaryContent(zip);
        assertThat(config.templateFile()).hasBinaryContent(template);
    }

    @Test
    void validateWritesNothing() {
        Packager.validate(config(Configurations.handlerOnly().build()));

        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void validateWhenTheTemplateIsTooLargeSaysWhatToShorten() {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < 36; i++) {
            tags.put("Tag" + i, "x".repeat(256));
        }
        Element.Builder rules = Element.list("rules");
        for (int i = 0; i < 60; i++) {
            rules.element(Element.group("rule")
                    .value("name", "rule-" + i)
                    .value("kind", "trade")
                    .values("detailTypes", "detailType", List.of("T" + i))
                    .build());
        }
        PipelineConfig config = config(Configurations.handlerOnly()
                .map("tags", tags)
                .element(rules.build())
                .build());

        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> Packager.validate(config))
                .withMessageContaining("CloudFormation takes 1048576; shorten <tags>");
    }

    private PipelineConfig config(Element configuration) {
        return ConfigurationReader.read(configuration, Switches.ofEnvironment("dev", folder.resolve("out")));
    }
}
