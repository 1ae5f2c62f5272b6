/**
 * Templates: reading YAML and JSON, checking their structure, evaluating intrinsic functions, and the order that
 * references put resources in. Pure; knows neither stacks nor services.
 */
@NullMarked
package io.marketpipeline.local.cloudformation.template;

import org.jspecify.annotations.NullMarked;
