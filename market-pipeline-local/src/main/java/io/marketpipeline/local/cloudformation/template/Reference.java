package io.marketpipeline.local.cloudformation.template;

/**
 * A reference to a resource or parameter, or to an attribute of a resource.
 *
 * @param target the name referred to
 * @param attribute what {@code Fn::GetAtt} reads of it; empty for a {@code Ref}
 */
public record Reference(String target, String attribute) {}
