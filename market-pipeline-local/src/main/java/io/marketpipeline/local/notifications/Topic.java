package io.marketpipeline.local.notifications;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A topic. Its maps are thread-safe.
 *
 * @param attributes as set by the user
 * @param subscriptions by ARN
 */
record Topic(
        String arn,
        Map<String, String> attributes,
        Map<String, String> tags,
        ConcurrentMap<String, Subscription> subscriptions) {

    Topic(String arn) {
        this(arn, new ConcurrentHashMap<>(), new ConcurrentSkipListMap<>(), new ConcurrentSkipListMap<>());
    }

    /**
     * Who gets a topic's messages.
     *
     * @param endpoint a queue's ARN, or an address of another protocol, to which nothing is delivered
     * @param attributes thread-safe
     */
    record Subscription(String arn, String protocol, String endpoint, Map<String, String> attributes) {
        boolean isQueue() {
            return protocol.equals("sqs");
        }

        boolean raw() {
            return Boolean.parseBoolean(attributes.getOrDefault("RawMessageDelivery", "false"));
        }
    }
}
