/** SQS: ElasticMQ behind the one port, and the settings that it can't hold. */
@NullMarked
package io.marketpipeline.local.queues;

import org.jspecify.annotations.NullMarked;
