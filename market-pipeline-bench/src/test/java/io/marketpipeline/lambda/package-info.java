/** What the benchmark needs of the handler's own room. */
package io.marketpipeline.lambda;
