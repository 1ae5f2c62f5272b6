/** The market-pipeline Maven plugin. */
@NullMarked
package io.marketpipeline.maven;

import org.jspecify.annotations.NullMarked;
