/** The function's zip: made, and uploaded under the hash of its bytes. */
@NullMarked
package io.marketpipeline.maven.artifact;

import org.jspecify.annotations.NullMarked;
