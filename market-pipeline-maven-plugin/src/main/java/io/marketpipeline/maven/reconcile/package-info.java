/** Whether what was accepted, what is stored and what was said about it agree. Reads, and changes nothing. */
@NullMarked
package io.marketpipeline.maven.reconcile;

import org.jspecify.annotations.NullMarked;
