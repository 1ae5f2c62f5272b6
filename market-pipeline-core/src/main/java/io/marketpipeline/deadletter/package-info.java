/** Where events go that can never be stored. */
@NullMarked
package io.marketpipeline.deadletter;

import org.jspecify.annotations.NullMarked;
