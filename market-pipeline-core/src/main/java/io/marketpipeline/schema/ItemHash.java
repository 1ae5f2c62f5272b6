package io.marketpipeline.schema;

import io.marketpipeline.text.Sha256Hex;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a table's item over canonical bytes, the same before it is written and after it is read back. The bytes are
 * the attributes in the order of their names, each as name, type and value, each part behind its length; numbers without
 * trailing zeros, since DynamoDB keeps none. Every attribute that an item has is covered, whoever added it.
 */
public final class ItemHash {
    private ItemHash() {}

    /** SHA-256, in lower-case hexadecimal, of what an item will be written as. */
    public static String sha256(TableItem item) {
        Map<String, Object> attributes = new HashMap<>(64);
        item.writeTo(new Collector(attributes));
        return sha256(attributes);
    }

    /**
     * SHA-256 in lower-case hexadecimal.
     *
     * @param attributes by name: {@link String}, {@link BigDecimal}, {@link Long}, {@link Boolean}, or
     *     lists and maps of them
     * @throws IllegalArgumentException for a value of another type
     */
    public static String sha256(Map<String, ?> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        writeMap(bytes, attributes);
        return Sha256Hex.of(bytes.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, Object value) {
        if (value instanceof String text) {
            writeText(out, 'S', text);
        } else if (value instanceof BigDecimal number) {
            writeText(out, 'N', canonical(number));
        } else if (value instanceof Long number) {
            writeText(out, 'N', canonical(BigDecimal.valueOf(number)));
        } else if (value instanceof Boolean flag) {
            writeText(out, 'B', flag.toString());
        } else if (value instanceof List<?> list) {
            out.write('L');
            writeLength(out, list.size());
            list.forEach(element -> write(out, element));
        } else if (value instanceof Map<?, ?> map) {
            writeMap(out, map);
        } else {
            throw new IllegalArgumentException("an attribute can't be " + value.getClass());
        }
    }

    private static void writeMap(ByteArrayOutputStream out, Map<?, ?> map) {
        out.write('M');
        writeLength(out, map.size());
        Object[] names = map.keySet().toArray();
        Arrays.sort(names);
        for (Object name : names) {
            writeText(out, 'K', (String) name);
            Object value = map.get(name);
            if (value != null) {
                write(out, value);
            }
        }
    }

    private static String canonical(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    private static void writeText(ByteArrayOutputStream out, char type, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write(type);
        writeLength(out, utf8.length);
        out.write(utf8, 0, utf8.length);
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        out.write(length >>> 24);
        out.write(length >>> 16);
        out.write(length >>> 8);
        out.write(length);
    }

    private record Collector(Map<String, Object> attributes) implements AttributeWriter {
        @Override
        public void text(String name, @Nullable String value) {
            put(name, value);
        }

        @Override
        public void number(String name, long value) {
            put(name, value);
        }

        @Override
        public void number(String name, @Nullable BigDecimal value) {
            put(name, value);
        }

        @Override
        public void flag(String name, boolean value) {
            put(name, value);
        }

        @Override
        public void texts(String name, List<String> values) {
            put(name, values);
        }

        private void put(String name, @Nullable Object value) {
            if (value != null) {
                attributes.put(name, value);
            }
        }
    }
}
