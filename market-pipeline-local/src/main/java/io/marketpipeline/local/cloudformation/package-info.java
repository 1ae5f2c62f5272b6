/** CloudFormation: its operations, over the stacks, resource types and templates of the packages below. */
@NullMarked
package io.marketpipeline.local.cloudformation;

import org.jspecify.annotations.NullMarked;
