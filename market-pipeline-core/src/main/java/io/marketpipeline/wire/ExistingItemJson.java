package io.marketpipeline.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.marketpipeline.puts.ExistingItem;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the item that a conditional put found. */
final class ExistingItemJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private ExistingItemJson() {}

    /** The {@code Item} of an error's body; null where it has none. */
    static @Nullable ExistingItem read(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean item = json.currentName().equals("Item");
                if (json.nextToken() == JsonToken.START_OBJECT && item) {
                    return item(json);
                }
                json.skipChildren();
            }
        } catch (IOException | NumberFormatException e) {
            // A damaged answer says nothing about the item.
        }
        return null;
    }

    private static ExistingItem item(JsonParser json) throws IOException {
        return new ExistingItem(map(json));
    }

    /** The attributes of the object that the parser is at the start of; nulls are left out. */
    private static Map<String, Object> map(JsonParser json) throws IOException {
        Map<String, Object> values = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken(); // START_OBJECT of the value
            Object value = value(json);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }

    /** A value in its object, {@code {"S":"text"}}; null for one that is null. */
    private static @Nullable Object value(JsonParser json) throws IOException {
        Object value = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String type = json.currentName();
            json.nextToken();
            switch (type) {
                case "S", "B" -> value = json.getText();
                case "N" -> value = new BigDecimal(json.getText());
                case "BOOL" -> value = json.getBooleanValue();
                case "M" -> value = map(json);
                case "L" -> value = list(json);
                case "SS", "BS", "NS" -> value = set(json, type.equals("NS"));
                default -> json.skipChildren();
            }
        }
        return value;
    }

    private static List<Object> list(JsonParser json) throws IOException {
        List<Object> values = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Object value = value(json);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static List<Object> set(JsonParser json, boolean numbers) throws IOException {
        List<Object> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(numbers ? new BigDecimal(json.getText()) : json.getText());
        }
        return values;
    }
}
