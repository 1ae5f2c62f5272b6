package io.marketpipeline.schema;

import io.marketpipeline.text.Bytes;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a table's item over canonical bytes, the same before it is written and after it is read back. The bytes are
 * the attributes in the order of their names, each as name, type and value, each part behind its length; numbers without
 * trailing zeros, since DynamoDB keeps none. Every attribute that an item has is covered, whoever added it.
 */
public final class ItemHash {
    private static final int CAPACITY = 1536;

    private ItemHash() {}

    /** SHA-256, in lower-case hexadecimal, of what an item will be written as. */
    public static String sha256(TableItem item) {
        Collector attributes = new Collector();
        item.writeTo(attributes);
        return attributes.inOrder().sha256Hex();
    }

    /**
     * SHA-256 in lower-case hexadecimal.
     *
     * @param attributes by name: {@link String}, {@link BigDecimal}, {@link Long}, {@link Boolean}, or
     *     lists and maps of them
     * @throws IllegalArgumentException for a value of another type
     */
    public static String sha256(Map<String, ?> attributes) {
        Bytes bytes = new Bytes(CAPACITY);
        writeMap(bytes, attributes);
        return bytes.sha256Hex();
    }

    private static void write(Bytes out, Object value) {
        if (value instanceof String text) {
            text(out, 'S', text);
        } else if (value instanceof BigDecimal number) {
            text(out, 'N', canonical(number));
        } else if (value instanceof Long number) {
            text(out, 'N', canonical(number));
        } else if (value instanceof Boolean flag) {
            text(out, 'B', flag.toString());
        } else if (value instanceof List<?> list) {
            out.ascii('L').int32(list.size());
            list.forEach(element -> write(out, element));
        } else if (value instanceof Map<?, ?> map) {
            writeMap(out, map);
        } else {
            throw new IllegalArgumentException("an attribute can't be " + value.getClass());
        }
    }

    private static void writeMap(Bytes out, Map<?, ?> map) {
        out.ascii('M').int32(map.size());
        Object[] names = map.keySet().toArray();
        Arrays.sort(names);
        for (Object name : names) {
            text(out, 'K', (String) name);
            Object value = map.get(name);
            if (value != null) {
                write(out, value);
            }
        }
    }

    private static void text(Bytes out, char type, String text) {
        out.ascii(type).counted(text);
    }

    private static String canonical(BigDecimal number) {
        String text = number.toString();
        if (text.charAt(text.length() - 1) != '0' && text.indexOf('E') < 0) {
            return text;
        }
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    private static String canonical(long number) {
        return number % 10 == 0 ? canonical(BigDecimal.valueOf(number)) : Long.toString(number);
    }

    /** Takes the attributes as they come, each in its bytes. Those that come in the order of their names needn't be sorted. */
    private static final class Collector implements AttributeWriter {
        private final Bytes bytes = new Bytes(CAPACITY);
        private String[] names = new String[48];

        /** Where each attribute's bytes begin and end. */
        private int[] places = new int[96];

        private int count;

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
                int from = bytes.size();
                ItemHash.text(bytes, 'K', name);
                write(bytes, value);
                insert(name, from);
            }
        }

        private void insert(String name, int from) {
            if (count == names.length) {
                names = Arrays.copyOf(names, 2 * count);
                places = Arrays.copyOf(places, 4 * count);
            }
            int at = count++;
            for (; at > 0 && names[at - 1].compareTo(name) > 0; at--) {
                names[at] = names[at - 1];
                places[2 * at] = places[2 * at - 2];
                places[2 * at + 1] = places[2 * at - 1];
            }
            names[at] = name;
            places[2 * at] = from;
            places[2 * at + 1] = bytes.size();
        }

        Bytes inOrder() {
            Bytes ordered = new Bytes(bytes.size() + 5).ascii('M').int32(count);
            for (int i = 0; i < count; i++) {
                ordered.append(bytes, places[2 * i], places[2 * i + 1]);
            }
            return ordered;
        }
    }
}
