/**
 * The loop that runs inside each function process: it speaks the Lambda Runtime API and calls the handler. It is copied
 * to the function's class path, so it uses the JDK and aws-lambda-java-core and nothing else.
 */
@NullMarked
package io.marketpipeline.local.function.runtime;

import org.jspecify.annotations.NullMarked;
