/** What a person sees: lines, progress, tables, colours. Knows nothing of Maven or AWS. */
@NullMarked
package io.marketpipeline.maven.output;

import org.jspecify.annotations.NullMarked;
