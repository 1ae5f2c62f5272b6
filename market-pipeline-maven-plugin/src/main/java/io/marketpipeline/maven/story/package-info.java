/** What is known of one event, from its publishing to where it is now. */
@NullMarked
package io.marketpipeline.maven.story;

import org.jspecify.annotations.NullMarked;
