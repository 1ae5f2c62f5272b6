/** The benchmark that {@code docs/performance.md} describes. */
@NullMarked
package io.marketpipeline.bench;

import org.jspecify.annotations.NullMarked;
