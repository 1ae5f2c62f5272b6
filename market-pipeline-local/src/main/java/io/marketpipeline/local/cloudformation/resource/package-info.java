/**
 * The resource types: their properties as data, and the calls of other services that make, change, read and delete them.
 *
 * <p>The files under {@code types} hold what AWS's public resource schemas of October 2026 say of each type: every
 * property by name, the shape of those that have an effect here, the required ones, those whose change replaces the
 * resource, and the attributes that {@code Fn::GetAtt} reads.
 */
@NullMarked
package io.marketpipeline.local.cloudformation.resource;

import org.jspecify.annotations.NullMarked;
