/** Metrics that services count about themselves, gathered before they are sent to CloudWatch. */
@NullMarked
package io.marketpipeline.local.metering;

import org.jspecify.annotations.NullMarked;
