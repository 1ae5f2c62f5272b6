package io.marketpipeline.dynamodb;

import io.marketpipeline.store.ReadFailedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Gets the items of a table whose keys an index has. Thread-safe. */
final class WholeItems {
    /** {@code BatchGetItem} takes 100 keys (DynamoDB API reference). */
    private static final int BATCH = 100;

    private static final int ATTEMPTS = 8;
    private static final long PAUSE_MS = 50;

    private final DynamoDbClient client;
    private final String table;
    private final List<String> keyAttributes;

    WholeItems(DynamoDbClient client, String table, List<String> keyAttributes) {
        this.client = client;
        this.table = table;
        this.keyAttributes = List.copyOf(keyAttributes);
    }

    /** The items in the order of their keys; those that are gone meanwhile are left out. */
    List<Map<String, AttributeValue>> of(List<Map<String, AttributeValue>> indexed) {
        List<Map<String, AttributeValue>> keys = indexed.stream().map(this::key).toList();
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> found = new HashMap<>();
        for (int from = 0; from < keys.size(); from += BATCH) {
            get(keys.subList(from, Math.min(keys.size(), from + BATCH))).forEach(item -> found.put(key(item), item));
        }
        return keys.stream()
                .flatMap(key -> Optional.ofNullable(found.get(key)).stream())
                .toList();
    }

    private List<Map<String, AttributeValue>> get(List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> items = new ArrayList<>(keys.size());
        Map<String, KeysAndAttributes> left =
                Map.of(table, KeysAndAttributes.builder().keys(keys).build());
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            if (attempt > ATTEMPTS) {
                throw new ReadFailedException(
                        "table '" + table + "' can't be read: it left keys of BatchGetItem unprocessed " + ATTEMPTS
                                + " times, as it does when it is throttled");
            }
            if (attempt > 1) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS << attempt));
            }
            Map<String, KeysAndAttributes> wanted = left;
            BatchGetItemResponse response = answer(wanted);
            items.addAll(response.responses().getOrDefault(table, List.of()));
            left = response.unprocessedKeys();
        }
        return items;
    }

    private BatchGetItemResponse answer(Map<String, KeysAndAttributes> wanted) {
        try {
            return client.batchGetItem(get -> get.requestItems(wanted));
        } catch (SdkException e) {
            throw new ReadFailedException("table '" + table + "' can't be read: " + e.getMessage(), e);
        }
    }

    private Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = new HashMap<>(item);
        key.keySet().retainAll(keyAttributes);
        return key;
    }
}
