/** CloudWatch Logs: groups, streams, events, filters; metrics that log lines carry in the embedded metric format. */
@NullMarked
package io.marketpipeline.local.logs;

import org.jspecify.annotations.NullMarked;
