package io.marketpipeline.wire;

import io.marketpipeline.schema.AttributeWriter;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an item's attributes in DynamoDB's JSON. Numbers are written without exponent. Not thread-safe. */
abstract class ItemJson implements AttributeWriter {
    private final Bytes values;

    ItemJson(Bytes values) {
        this.values = values;
    }

    /** Begins the next attribute. */
    abstract void begin(Bytes values, String name);

    /** {@code "name":{"S":"value"},...}, as a put takes them. */
    static final class Named extends ItemJson {
        private boolean first = true;

        Named(Bytes values) {
            super(values);
        }

        @Override
        void begin(Bytes values, String name) {
            values.ascii(first ? "" : ",").json(name).ascii(":");
            first = false;
        }
    }

    /** The values alone, as the parameters of an {@code INSERT}, whose text has the names. */
    static final class Parameters extends ItemJson {
        private final StringBuilder statement;
        private boolean first = true;

        Parameters(Bytes values, String table) {
            super(values);
            statement = new StringBuilder(640)
                    .append("INSERT INTO \"")
                    .append(table)
                    .append("\" VALUE {");
        }

        @Override
        void begin(Bytes values, String name) {
            values.ascii(first ? "" : ",");
            statement.append(first ? "'" : ",'");
            statement
                    .append(name.indexOf('\'') < 0 ? name : name.replace("'", "''"))
                    .append("':?");
            first = false;
        }

        String statement() {
            return statement.append('}').toString();
        }
    }

    @Override
    public void text(String name, @Nullable String value) {
        if (value != null) {
            begin(values, name);
            values.ascii("{\"S\":").json(value).ascii("}");
        }
    }

    @Override
    public void number(String name, @Nullable BigDecimal value) {
        if (value != null) {
            begin(values, name);
            values.ascii("{\"N\":\"").ascii(value.toPlainString()).ascii("\"}");
        }
    }

    @Override
    public void number(String name, long value) {
        begin(values, name);
        values.ascii("{\"N\":\"").ascii(Long.toString(value)).ascii("\"}");
    }

    @Override
    public void flag(String name, boolean value) {
        begin(values, name);
        values.ascii(value ? "{\"BOOL\":true}" : "{\"BOOL\":false}");
    }

    @Override
    public void texts(String name, List<String> texts) {
        begin(values, name);
        values.ascii("{\"L\":[");
        for (int i = 0; i < texts.size(); i++) {
            values.ascii(i == 0 ? "{\"S\":" : ",{\"S\":").json(texts.get(i)).ascii("}");
        }
        values.ascii("]}");
    }
}
