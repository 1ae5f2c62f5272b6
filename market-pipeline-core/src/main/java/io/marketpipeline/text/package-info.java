/** JSON, times and hashes as text, by hand: what the function writes at its first event must not load a library for it. */
@NullMarked
package io.marketpipeline.text;

import org.jspecify.annotations.NullMarked;
