package io.marketpipeline.maven.template;

import java.util.Collection;
import java.util.stream.Collectors;

/** Writes properties as JSON. */
final class Json {
    private Json() {}

    /** One line, without functions. */
    static String write(Object value) {
        if (value instanceof Properties properties) {
            return properties.entries().entrySet().stream()
                    .map(entry -> string(entry.getKey()) + ":" + write(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text ? string(text) : value.toString();
    }

    static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < 0x20) {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
