/** An AWS-shaped endpoint on one loopback port. */
@NullMarked
package io.marketpipeline.local;

import org.jspecify.annotations.NullMarked;
