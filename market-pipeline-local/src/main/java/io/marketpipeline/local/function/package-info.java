/**
 * Lambda: functions with their versions and aliases, and the processes that they run in. Each function process is a JVM
 * of its own that speaks the Lambda Runtime API to this one.
 */
@NullMarked
package io.marketpipeline.local.function;

import org.jspecify.annotations.NullMarked;
