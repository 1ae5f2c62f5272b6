package io.marketpipeline.maven.reconcile;

import io.marketpipeline.schema.AttributeWriter;
import io.marketpipeline.schema.TableItem;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Items as they come back from the table. */
final class ReadItems {
    private ReadItems() {}

    static Map<String, Object> of(TableItem item) {
        Map<String, Object> attributes = new HashMap<>();
        item.writeTo(new AttributeWriter() {
            @Override
            public void text(String name, String value) {
                put(name, value);
            }

            @Override
            public void number(String name, long value) {
                put(name, BigDecimal.valueOf(value));
            }

            @Override
            public void number(String name, BigDecimal value) {
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

            private void put(String name, Object value) {
                if (value != null) {
                    attributes.put(name, value);
                }
            }
        });
        return attributes;
    }
}
