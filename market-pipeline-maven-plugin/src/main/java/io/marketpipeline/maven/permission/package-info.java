/** What deploying, operating and reading need in IAM: calls and resource types in, policy documents out. */
@NullMarked
package io.marketpipeline.maven.permission;

import org.jspecify.annotations.NullMarked;
