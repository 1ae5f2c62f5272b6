package io.marketpipeline.local.cloudformation.stack;

/**
 * An output of a stack.
 *
 * @param description empty if there is none
 * @param exportName the name that other stacks import it by; empty if there is none
 */
public record Output(String key, String value, String description, String exportName) {}
