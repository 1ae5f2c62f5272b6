/** EventBridge (the classic event bus): buses, rules, targets, delivery with retries and dead letters, archive, replay. */
@NullMarked
package io.marketpipeline.local.events;

import org.jspecify.annotations.NullMarked;
