/** KMS: keys with their policies and aliases, kept and read back. Nothing is encrypted here. */
@NullMarked
package io.marketpipeline.local.keys;

import org.jspecify.annotations.NullMarked;
