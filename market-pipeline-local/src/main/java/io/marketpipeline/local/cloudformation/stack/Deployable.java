package io.marketpipeline.local.cloudformation.stack;

import io.marketpipeline.local.cloudformation.template.Template;
import java.util.Map;

/**
 * What a stack is to become. Immutable.
 *
 * @param parameters values of all the template's parameters
 * @param tags of the stack, by key
 * @param imports existing resources to take over: logical id to physical id
 */
public record Deployable(
        Template template, Map<String, String> parameters, Map<String, String> tags, Map<String, String> imports) {
    Deployable withImports(Map<String, String> found) {
        return new Deployable(template, parameters, tags, Map.copyOf(found));
    }
}
