/** Takes over what the Terraform original made: reads it, describes it to CloudFormation as it is, and imports it. */
@NullMarked
package io.marketpipeline.maven.adopt;

import org.jspecify.annotations.NullMarked;
