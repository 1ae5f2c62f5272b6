package io.marketpipeline.schema;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the attributes of one item, each name once. What is null has no attribute. */
public interface AttributeWriter {
    void text(String name, @Nullable String value);

    void number(String name, long value);

    void number(String name, @Nullable BigDecimal value);

    void flag(String name, boolean value);

    void texts(String name, List<String> values);

    /** Takes several, each a name and then its value: a text, or a {@link Long}. */
    default void all(@Nullable Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = String.valueOf(namesAndValues[i]);
            if (namesAndValues[i + 1] instanceof Long number) {
                number(name, number.longValue());
            } else {
                text(name, (String) namesAndValues[i + 1]);
            }
        }
    }

    /** As {@link #number(String, long)}; null has no attribute. */
    default void number(String name, @Nullable Long value) {
        if (value != null) {
            number(name, value.longValue());
        }
    }
}
