package io.marketpipeline.maven.output;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes flat JSON for scripts. */
public final class Json {
    private Json() {}

    /** An object of strings, one key a line, sorted by key. */
    public static String object(Map<String, String> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> "  " + string(entry.getKey()) + ": " + string(entry.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}"));
    }

    /** A string with its quotes, escaped. */
    public static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (Visible.hides(c)) {
                        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
