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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        for (int i = 0; i < 30; i++) {
            tags.put("Tag" + i, "x".repeat(200));
        }

        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> Packager.validate(
                        config(Configurations.handlerOnly().map("tags", tags).build())))
                .withMessageContaining("CloudFormation takes 51200; shorten <tags>");
    }

    @Test
    void validateWhenVariablesExceedLambdasLimitNamesTheElements() {
        String symbols = IntStream.range(0, 900).mapToObj(i -> "S" + i).collect(Collectors.joining(","));

        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> Packager.validate(config(Configurations.handlerOnly()
                        .value("negativePrices", symbols)
                        .build())))
                .withMessageMatching(
                        "The function's environment variables have \\d{4} characters, Lambda takes 4096\\..*"
                                + "<negativePrices>.*Nothing was touched\\.");
    }

    private PipelineConfig config(Element configuration) {
        return ConfigurationReader.read(configuration, Switches.ofEnvironment("dev", folder.resolve("out")));
    }
}
