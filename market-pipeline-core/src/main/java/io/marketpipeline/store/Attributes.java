package io.marketpipeline.store;

import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.schema.MarketDataTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads attributes whatever their type: the Terraform original stored what came, a price of "1.5" as a string. */
final class Attributes {
    private Attributes() {}

    /** An immutable copy in the order given. */
    static Map<String, Object> copyOf(Map<String, Object> attributes) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    static Optional<String> text(Map<String, Object> attributes, String name) {
        Object value = attributes.get(name);
        if (value instanceof BigDecimal number) {
            return Optional.of(number.toPlainString());
        }
        return Optional.ofNullable(value).map(Object::toString);
    }

    /** Empty if the attribute is missing or isn't a number in any type. */
    static Optional<BigDecimal> number(Map<String, Object> attributes, String name) {
        Object value = attributes.get(name);
        if (value instanceof BigDecimal number) {
            return Optional.of(number);
        }
        try {
            return value instanceof String text ? Optional.of(new BigDecimal(text.strip())) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The value of an index's key; the attribute has one name in both tables. */
    static String unsharded(Map<String, Object> attributes, String key) {
        return number(attributes, MarketDataTable.INDEX_SHARD)
                .map(shard -> IndexShards.value(key, shard.longValue()))
                .orElse(key);
    }

    static Optional<Instant> millis(Map<String, Object> attributes, String name) {
        return number(attributes, name).map(millis -> Instant.ofEpochMilli(millis.longValue()));
    }

    static Optional<Instant> seconds(Map<String, Object> attributes, String name) {
        return number(attributes, name).map(seconds -> Instant.ofEpochSecond(seconds.longValue()));
    }
}
