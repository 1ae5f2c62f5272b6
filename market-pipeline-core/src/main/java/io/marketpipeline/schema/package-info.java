/** The one home of table, index, attribute, environment-variable, metric and resource names. */
@NullMarked
package io.marketpipeline.schema;

import org.jspecify.annotations.NullMarked;
