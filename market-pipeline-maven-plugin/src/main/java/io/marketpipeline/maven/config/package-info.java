/**
 * Validated, immutable configuration: the pom's elements with every default and check. Knows neither Maven nor AWS.
 */
@NullMarked
package io.marketpipeline.maven.config;

import org.jspecify.annotations.NullMarked;
