package io.marketpipeline.maven.artifact;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.template.Template;
import java.nio.charset.StandardCharsets;

/** Limits of CloudFormation that a long configuration can reach. */
final class TemplateLimits {
    private TemplateLimits() {}

    static void check(Template template, PipelineConfig config) {
        int bytes = template.yaml().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Template.MAX_INLINE_BYTES) {
            throw new UserFixableException("The template of " + config.names().stack() + " has " + bytes
                    + " bytes, CloudFormation takes " + Template.MAX_INLINE_BYTES
                    + "; shorten <tags> or have fewer <rules> with more <detailTypes> each");
        }
    }
}
