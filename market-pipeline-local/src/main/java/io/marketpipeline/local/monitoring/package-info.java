/** CloudWatch: metrics, alarms evaluated from real data points, and dashboards. */
@NullMarked
package io.marketpipeline.local.monitoring;

import org.jspecify.annotations.NullMarked;
