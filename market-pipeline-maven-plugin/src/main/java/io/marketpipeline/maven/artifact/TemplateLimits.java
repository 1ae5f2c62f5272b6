package io.marketpipeline.maven.artifact;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.template.Template;
import java.nio.charset.StandardCharsets;

/** CloudFormation's limit that a long configuration can reach. */
final class TemplateLimits {
    /** CloudFormation quotas: "Template body size in an Amazon S3 object"; what is too large to send goes there. */
    private static final int MAX_BYTES = 1_048_576;

    private TemplateLimits() {}

    static void check(Template template, PipelineConfig config) {
        int bytes = template.yaml().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new UserFixableException("The template of " + config.names().stack() + " has " + bytes
                    + " bytes, CloudFormation takes " + MAX_BYTES
                    + "; shorten <tags> or have fewer <rules> with more <detailTypes> each. Nothing was touched.");
        }
    }
}
