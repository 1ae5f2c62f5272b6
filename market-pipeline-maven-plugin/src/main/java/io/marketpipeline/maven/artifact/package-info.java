/** The function's zip: what goes into it, made the same each time, and uploaded under the hash of its bytes. */
@NullMarked
package io.marketpipeline.maven.artifact;

import org.jspecify.annotations.NullMarked;
