package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.PipelineConfig;
import java.util.List;
import java.util.Map;

/** A pipeline's template as tests of other rooms read it. Immutable. */
public final class ParsedTemplate {
    private final Map<?, ?> resources;

    private ParsedTemplate(Map<?, ?> resources) {
        this.resources = resources;
    }

    public static ParsedTemplate of(PipelineConfig config) {
        String yaml =
                PipelineTemplate.of(config, new CodeArtifact("ab".repeat(32))).yaml();
        return new ParsedTemplate((Map<?, ?>) TemplateParser.parse(yaml).get("Resources"));
    }

    /** The properties of each resource of a type, read as {@link TemplateParser} does. */
    public List<? extends Map<?, ?>> properties(String type) {
        return resources.values().stream()
                .map(resource -> (Map<?, ?>) resource)
                .filter(resource -> type.equals(resource.get("Type")))
                .map(resource -> (Map<?, ?>) resource.get("Properties"))
                .toList();
    }
}
