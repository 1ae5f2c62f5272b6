/** What a user extends: decoding, validation, storing, auditing and dead-lettering of a batch of events. */
@NullMarked
package io.marketpipeline.processor;

import org.jspecify.annotations.NullMarked;
