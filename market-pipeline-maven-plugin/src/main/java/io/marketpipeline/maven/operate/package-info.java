/** Working with a stack that is there: publishing, reading, logs, dead letters. Knows nothing of Maven. */
@NullMarked
package io.marketpipeline.maven.operate;

import org.jspecify.annotations.NullMarked;
