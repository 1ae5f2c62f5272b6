package io.marketpipeline.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A bucket: objects by key, and settings by the name of their operations, such as {@code BucketPolicy}. Thread-safe.
 *
 * @param objects in the order in which they are listed
 */
record Bucket(
        String name,
        Instant created,
        ConcurrentNavigableMap<String, StoredObject> objects,
        Map<String, JsonNode> settings) {

    Bucket(String name, Instant created) {
        this(name, created, new ConcurrentSkipListMap<>(), new ConcurrentHashMap<>());
    }
}
