/** How much the local endpoint takes, and where its time goes: `mvn -Pthroughput verify`, see docs/performance.md. */
@NullMarked
package io.marketpipeline.maven.throughput;

import org.jspecify.annotations.NullMarked;
