package io.marketpipeline.maven.artifact;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.template.PipelineTemplate;
import io.marketpipeline.maven.template.Template;
import java.nio.charset.StandardCharsets;

/** Limits of CloudFormation and Lambda that a long configuration can reach. */
final class TemplateLimits {
    /** Lambda quotas: "Environment variables". Lambda measures their JSON. */
    private static final int MAX_VARIABLES = 4096;

    private TemplateLimits() {}

    static void check(Template template, PipelineConfig config) {
        int variables = PipelineTemplate.variablesLength(config);
        if (variables > MAX_VARIABLES) {
            throw new UserFixableException("The function's environment variables have " + variables
                    + " characters, Lambda takes " + MAX_VARIABLES
                    + ". They hold <rules> (each <detailType>), <ttl><rules>,"
                    + " <negativePrices> and <identity>: name fewer of them, or decide the rest in the function's own"
                    + " class (a TtlPolicy for <ttl><rules>). Nothing was touched.");
        }
        int bytes = template.yaml().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Template.MAX_INLINE_BYTES) {
            throw new UserFixableException("The template of " + config.names().stack() + " has " + bytes
                    + " bytes, CloudFormation takes " + Template.MAX_INLINE_BYTES
                    + "; shorten <tags> or have fewer <rules> with more <detailTypes> each");
        }
    }
}
