/** Events of a past time out of the bus's archive: to the rules again, with progress. */
@NullMarked
package io.marketpipeline.maven.replay;

import org.jspecify.annotations.NullMarked;
