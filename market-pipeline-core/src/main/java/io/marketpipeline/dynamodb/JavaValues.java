package io.marketpipeline.dynamodb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Turns items as the SDK reads them into JDK values: {@link String}, {@link BigDecimal}, {@link Boolean}, or lists and maps of
 * them.
 */
public final class JavaValues {
    private JavaValues() {}

    /** An item's attributes by name, sorted; nulls are left out. */
    public static Map<String, Object> of(Map<String, AttributeValue> item) {
        Map<String, Object> values = new LinkedHashMap<>();
        new TreeMap<>(item).forEach((name, value) -> {
            if (value.type() != AttributeValue.Type.NUL) {
                values.put(name, of(value));
            }
        });
        return values;
    }

    private static Object of(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> new BigDecimal(value.n());
            case BOOL -> value.bool();
            case B -> Base64.getEncoder().encodeToString(value.b().asByteArray());
            case L -> listOf(value.l());
            case M -> of(value.m());
            case SS -> List.copyOf(value.ss());
            case NS -> value.ns().stream().map(BigDecimal::new).toList();
            default -> value.toString();
        };
    }

    private static List<Object> listOf(List<AttributeValue> values) {
        List<Object> list = new ArrayList<>(values.size());
        values.forEach(value -> list.add(of(value)));
        return list;
    }
}
