/** Sending events to the bus: batches, retries, back-pressure. The only package that knows the EventBridge SDK. */
@NullMarked
package io.marketpipeline.publish;

import org.jspecify.annotations.NullMarked;
