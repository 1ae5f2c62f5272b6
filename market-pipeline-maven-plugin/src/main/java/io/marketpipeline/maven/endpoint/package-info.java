/** The local endpoint as a process of its own: started, waited for, ended. */
@NullMarked
package io.marketpipeline.maven.endpoint;

import org.jspecify.annotations.NullMarked;
