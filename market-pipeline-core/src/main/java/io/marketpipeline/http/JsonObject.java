package io.marketpipeline.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of an answer. Its values are objects, lists and texts, which stand for numbers and flags too, or null. */
public final class JsonObject {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, @Nullable Object> values = new HashMap<>();

    /** Reads an answer; one that is damaged, or no object, has no values. */
    public static JsonObject read(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            if (value(json, json.nextToken()) instanceof JsonObject object) {
                return object;
            }
        } catch (IOException e) {
            // What is left of it says nothing.
        }
        return new JsonObject();
    }

    private static @Nullable Object value(JsonParser json, @Nullable JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            JsonObject object = new JsonObject();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                object.values.put(json.currentName(), value(json, json.nextToken()));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> list = new ArrayList<>();
            for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                list.add(value(json, next));
            }
            return list;
        }
        return token == JsonToken.VALUE_NULL ? null : json.getText();
    }

    /** What it says, by names. */
    public Map<String, @Nullable Object> values() {
        return values;
    }

    /** The text of the first of some names that has one; empty where none has. */
    public String text(String... names) {
        for (String name : names) {
            if (values.get(name) instanceof String text && !text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** The object of that name; null where there is none. */
    public @Nullable JsonObject object(String name) {
        return values.get(name) instanceof JsonObject object ? object : null;
    }

    /** The objects in the list of that name, none where there is no list. */
    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            for (Object value : list) {
                if (value instanceof JsonObject object) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }
}
