package io.marketpipeline.maven.template;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Properties in the order in which they are written. Values are strings, numbers, booleans, {@link Intrinsic}s, lists
 * and further properties. Not for use by several threads while it is filled.
 */
final class Properties {
    private final Map<String, Object> entries = new LinkedHashMap<>();

    static Properties of(String name, Object value) {
        return new Properties().with(name, value);
    }

    Properties with(String name, Object value) {
        entries.put(name, value);
        return this;
    }

    /** Only where there is a value. */
    Properties with(String name, Optional<?> value) {
        value.ifPresent(present -> entries.put(name, present));
        return this;
    }

    /** Only where the condition holds. */
    Properties withIf(boolean condition, String name, Object value) {
        return condition ? with(name, value) : this;
    }

    /** Only where there is an element. */
    Properties withAll(String name, Collection<?> values) {
        return withIf(!values.isEmpty(), name, values);
    }

    /** A copy that lacks some entries. */
    Properties without(Set<String> names) {
        Properties copy = new Properties();
        entries.forEach((name, value) -> copy.withIf(!names.contains(name), name, value));
        return copy;
    }

    Map<String, Object> entries() {
        return Collections.unmodifiableMap(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
