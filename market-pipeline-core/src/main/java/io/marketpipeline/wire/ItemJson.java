package io.marketpipeline.wire;

import io.marketpipeline.schema.AttributeWriter;
import io.marketpipeline.text.Bytes;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an item's attributes in DynamoDB's JSON: {@code "name":{"S":"value"},...} as a put takes them, or the values alone as
 * the parameters of an {@code INSERT}. Numbers are written without exponent. Not thread-safe.
 */
final class ItemJson implements AttributeWriter {
    private final Bytes values;
    private final @Nullable List<String> names;
    private String separator = "";

    /**
     * A writer to the end of some bytes.
     *
     * @param names takes the names; null writes them
     */
    ItemJson(Bytes values, @Nullable List<String> names) {
        this.values = values;
        this.names = names;
    }

    private Bytes begin(String name) {
        values.ascii(separator);
        separator = ",";
        if (names == null) {
            return values.json(name).ascii(":");
        }
        names.add(name);
        return values;
    }

    @Override
    public void text(String name, @Nullable String value) {
        if (value != null) {
            begin(name).ascii("{\"S\":").json(value).ascii('}');
        }
    }

    @Override
    public void number(String name, @Nullable BigDecimal value) {
        if (value != null) {
            // A number keeps this text, which others need, too; mostly it is the plain one.
            String text = value.toString();
            begin(name).ascii("{\"N\":\"", text.indexOf('E') < 0 ? text : value.toPlainString(), "\"}");
        }
    }

    @Override
    public void number(String name, long value) {
        begin(name).ascii("{\"N\":\"", Long.toString(value), "\"}");
    }

    @Override
    public void flag(String name, boolean value) {
        begin(name).ascii(value ? "{\"BOOL\":true}" : "{\"BOOL\":false}");
    }

    @Override
    public void texts(String name, List<String> texts) {
        begin(name).ascii("{\"L\":[");
        for (int i = 0; i < texts.size(); i++) {
            values.ascii(i == 0 ? "{\"S\":" : ",{\"S\":").json(texts.get(i)).ascii("}");
        }
        values.ascii("]}");
    }
}
