/** Goals and their pom-bound beans. The only package that knows Maven. */
@NullMarked
package io.marketpipeline.maven.goal;

import org.jspecify.annotations.NullMarked;
