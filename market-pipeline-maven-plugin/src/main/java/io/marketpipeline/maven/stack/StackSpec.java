package io.marketpipeline.maven.stack;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stack shall be.
 *
 * @param name the stack's name
 * @param template the template's text
 * @param parameters values for the template's parameters
 * @param tags of the stack, which CloudFormation gives to the resources, too
 * @param protection whether the stack refuses to be deleted
 */
public record StackSpec(
        String name, String template, Map<String, String> parameters, Map<String, String> tags, boolean protection) {
    public StackSpec {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
