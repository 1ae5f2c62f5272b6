package io.marketpipeline.wire;

import io.marketpipeline.http.JsonObject;
import io.marketpipeline.puts.ExistingItem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the item that a conditional put found. */
final class ExistingItemJson {
    private ExistingItemJson() {}

    /** The {@code Item} of an error's body; null where it has none. */
    static @Nullable ExistingItem read(JsonObject error) {
        JsonObject item = error.object("Item");
        try {
            return item == null ? null : new ExistingItem(map(item));
        } catch (NumberFormatException e) {
            return null; // A damaged answer says nothing about the item.
        }
    }

    /** The attributes by their names; nulls are left out. */
    private static Map<String, Object> map(JsonObject item) {
        Map<String, Object> values = new HashMap<>();
        for (Map.Entry<String, @Nullable Object> attribute : item.values().entrySet()) {
            Object value = value(attribute.getValue());
            if (value != null) {
                values.put(attribute.getKey(), value);
            }
        }
        return values;
    }

    /** A value in its object, {@code {"S":"text"}}; null for one that is null. */
    private static @Nullable Object value(@Nullable Object typed) {
        if (typed instanceof JsonObject object) {
            for (Map.Entry<String, @Nullable Object> only : object.values().entrySet()) {
                return value(only.getKey(), only.getValue());
            }
        }
        return null;
    }

    private static @Nullable Object value(String type, @Nullable Object value) {
        if (value instanceof JsonObject object) {
            return map(object);
        }
        if (value instanceof List<?> list) {
            String ofSet = type.length() == 2 ? type.substring(0, 1) : "";
            List<Object> values = new ArrayList<>();
            for (Object element : list) {
                Object read = type.equals("L") ? value(element) : value(ofSet, element);
                if (read != null) {
                    values.add(read);
                }
            }
            return values;
        }
        return switch (type) {
            case "S", "B" -> value;
            case "N" -> new BigDecimal(String.valueOf(value));
            case "BOOL" -> Boolean.valueOf(String.valueOf(value));
            default -> null;
        };
    }
}
