package io.marketpipeline.schema;

import io.marketpipeline.text.Sha256Hex;
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
        Canonical bytes = new Canonical();
        writeMap(bytes, attributes);
        return bytes.sha256();
    }

    private static void write(Canonical out, Object value) {
        if (value instanceof String text) {
            out.text('S', text);
        } else if (value instanceof BigDecimal number) {
            out.text('N', canonical(number));
        } else if (value instanceof Long number) {
            out.text('N', canonical(BigDecimal.valueOf(number)));
        } else if (value instanceof Boolean flag) {
            out.text('B', flag.toString());
        } else if (value instanceof List<?> list) {
            out.begin('L', list.size());
            list.forEach(element -> write(out, element));
        } else if (value instanceof Map<?, ?> map) {
            writeMap(out, map);
        } else {
            throw new IllegalArgumentException("an attribute can't be " + value.getClass());
        }
    }

    private static void writeMap(Canonical out, Map<?, ?> map) {
        out.begin('M', map.size());
        Object[] names = map.keySet().toArray();
        Arrays.sort(names);
        for (Object name : names) {
            out.text('K', (String) name);
            Object value = map.get(name);
            if (value != null) {
                write(out, value);
            }
        }
    }

    private static String canonical(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    /** The bytes that are hashed. In an array, since the JDK's stream of bytes takes a lock for each of them. */
    private static final class Canonical {
        private byte[] bytes = new byte[2048];
        private int length;

        void begin(char type, int size) {
            ensure(5);
            bytes[length++] = (byte) type;
            bytes[length++] = (byte) (size >>> 24);
            bytes[length++] = (byte) (size >>> 16);
            bytes[length++] = (byte) (size >>> 8);
            bytes[length++] = (byte) size;
        }

        void text(char type, String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            begin(type, utf8.length);
            ensure(utf8.length);
            System.arraycopy(utf8, 0, bytes, length, utf8.length);
            length += utf8.length;
        }

        String sha256() {
            return Sha256Hex.of(bytes, 0, length);
        }

        private void ensure(int more) {
            if (bytes.length - length < more) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
            }
        }
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
