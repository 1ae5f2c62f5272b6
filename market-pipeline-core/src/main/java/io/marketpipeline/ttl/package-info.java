/** How long rows live. */
@NullMarked
package io.marketpipeline.ttl;

import org.jspecify.annotations.NullMarked;
