package io.marketpipeline.maven.artifact;

import io.marketpipeline.maven.template.CodeArtifact;
import io.marketpipeline.maven.template.Template;
import java.nio.file.Path;

/**
 * What goal {@code package} makes.
 *
 * @param zip where the zip was written
 * @param zipBytes its size
 * @param code its hash and its key in the artifact bucket
 * @param template the stack's template for this code
 */
public record PackagedFunction(Path zip, long zipBytes, CodeArtifact code, Template template) {}
