package io.marketpipeline.dynamodb;

import io.marketpipeline.puts.ExistingItem;
import io.marketpipeline.schema.AttributeWriter;
import io.marketpipeline.schema.TableItem;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns rows and audit records into the SDK's items. Numbers are written without exponent. */
final class Items implements AttributeWriter {
    private final Map<String, AttributeValue> item = new HashMap<>(64);

    private Items() {}

    static Map<String, AttributeValue> of(TableItem written) {
        Items items = new Items();
        written.writeTo(items);
        return items.item;
    }

    static ExistingItem existing(Map<String, AttributeValue> item) {
        return new ExistingItem(JavaValues.of(item));
    }

    @Override
    public void text(String name, @Nullable String value) {
        if (value != null) {
            item.put(name, AttributeValue.fromS(value));
        }
    }

    @Override
    public void number(String name, @Nullable BigDecimal value) {
        if (value != null) {
            item.put(name, AttributeValue.fromN(value.toPlainString()));
        }
    }

    @Override
    public void number(String name, long value) {
        item.put(name, AttributeValue.fromN(Long.toString(value)));
    }

    @Override
    public void flag(String name, boolean value) {
        item.put(name, AttributeValue.fromBool(value));
    }

    @Override
    public void texts(String name, List<String> values) {
        item.put(
                name,
                AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList()));
    }
}
