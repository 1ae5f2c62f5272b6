package io.marketpipeline.maven.artifact;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.template.CodeArtifact;
import io.marketpipeline.maven.template.PipelineTemplate;
import io.marketpipeline.maven.template.Template;
import io.marketpipeline.text.Sha256Hex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Makes a project's zip and template and writes both into the output directory. */
public final class Packager {
    private Packager() {}

    /**
     * Writes {@link PipelineConfig#functionZip()} and {@link PipelineConfig#templateFile()}.
     *
     * @throws UserFixableException where zip or template is too large
     */
    public static PackagedFunction pack(PipelineConfig config, ProjectFiles project) throws IOException {
        byte[] zip = new FunctionZip(project, config.function()).bytes();
        CodeArtifact code = new CodeArtifact(Sha256Hex.of(zip));
        Template template = PipelineTemplate.of(config, code);
        TemplateLimits.check(template, config);
        Files.createDirectories(config.outputDirectory());
        Files.write(config.functionZip(), zip);
        Files.writeString(config.templateFile(), template.yaml(), StandardCharsets.UTF_8);
        return new PackagedFunction(config.functionZip(), zip.length, code, template);
    }

    /** Makes the template without a zip and writes nothing; it lacks the zip's hash, so it isn't one to deploy. */
    public static Template validate(PipelineConfig config) {
        Template template = PipelineTemplate.of(config, CodeArtifact.UNKNOWN);
        TemplateLimits.check(template, config);
        return template;
    }
}
