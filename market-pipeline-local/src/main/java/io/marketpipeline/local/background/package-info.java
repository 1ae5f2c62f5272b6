/** Work that services do later or again and again. */
@NullMarked
package io.marketpipeline.local.background;

import org.jspecify.annotations.NullMarked;
