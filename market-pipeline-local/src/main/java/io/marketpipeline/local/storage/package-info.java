/** S3: buckets, their settings and objects, in memory. */
@NullMarked
package io.marketpipeline.local.storage;

import org.jspecify.annotations.NullMarked;
