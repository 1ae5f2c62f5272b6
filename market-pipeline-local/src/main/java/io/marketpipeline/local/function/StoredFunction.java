package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** All that is kept of one function. Changes are made under its lock; reads need none. */
final class StoredFunction {
    static final int UNRESERVED = Integer.MAX_VALUE;

    private final String name;
    private final Map<Long, FunctionVersion> versions = new ConcurrentSkipListMap<>();
    private final Map<String, ObjectNode> aliases = new ConcurrentSkipListMap<>();
    private final Map<String, FunctionPolicy> policies = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> invokeConfigs = new ConcurrentHashMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final AtomicLong lastVersion = new AtomicLong();
    private volatile FunctionVersion latest;
    private volatile int reserved = UNRESERVED;

    StoredFunction(FunctionVersion latest) {
        this.name = latest.name();
        this.latest = latest;
    }

    String name() {
        return name;
    }

    FunctionVersion latest() {
        return latest;
    }

    void latest(FunctionVersion newLatest) {
        this.latest = newLatest;
    }

    Map<Long, FunctionVersion> versions() {
        return versions;
    }

    long nextVersion() {
        return lastVersion.incrementAndGet();
    }

    Map<String, ObjectNode> aliases() {
        return aliases;
    }

    /** Policies by qualifier, empty for the function itself. */
    Map<String, FunctionPolicy> policies() {
        return policies;
    }

    /** Asynchronous settings by qualifier, {@code $LATEST} for none. */
    Map<String, ObjectNode> invokeConfigs() {
        return invokeConfigs;
    }

    Map<String, String> tags() {
        return tags;
    }

    /** Reserved concurrency, or {@link #UNRESERVED}. */
    int reserved() {
        return reserved;
    }

    void reserved(int newReserved) {
        this.reserved = newReserved;
    }

    ObjectNode tagsJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        tags.forEach(json::put);
        return json;
    }
}
