/** A stack's life: change set, progress, outcome, removal; and the first cause where it failed. */
@NullMarked
package io.marketpipeline.maven.stack;

import org.jspecify.annotations.NullMarked;
