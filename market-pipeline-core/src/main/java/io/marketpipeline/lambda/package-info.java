/** The AWS Lambda entry point with its settings, log lines and metrics. */
@NullMarked
package io.marketpipeline.lambda;

import org.jspecify.annotations.NullMarked;
