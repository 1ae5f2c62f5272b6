package io.marketpipeline.maven.artifact;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.template.CodeArtifact;
import io.marketpipeline.maven.template.PipelineTemplate;
import io.marketpipeline.maven.template.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        CodeArtifact code = new CodeArtifact(sha256(zip));
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

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
