/**
 * The function's own way to write to DynamoDB and SQS: JSON over one kept-alive connection, signed here, with nothing of the
 * AWS SDK, whose loading and calling is most of what a small Java function costs.
 */
@NullMarked
package io.marketpipeline.wire;

import org.jspecify.annotations.NullMarked;
