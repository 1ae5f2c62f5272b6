/** The market event and its decoding from the bytes of an EventBridge envelope. */
@NullMarked
package io.marketpipeline.event;

import org.jspecify.annotations.NullMarked;
