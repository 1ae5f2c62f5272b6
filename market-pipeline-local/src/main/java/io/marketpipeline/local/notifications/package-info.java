/** SNS: topics, subscriptions and what was published. */
@NullMarked
package io.marketpipeline.local.notifications;

import org.jspecify.annotations.NullMarked;
