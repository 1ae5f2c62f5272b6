/** AWS for one environment: clients, the check before anything else, failures in words a user can act on. */
@NullMarked
package io.marketpipeline.maven.aws;

import org.jspecify.annotations.NullMarked;
