package io.marketpipeline.wire;

import io.marketpipeline.schema.AttributeWriter;
import java.math.BigDecimal;
import java.util.Arrays;
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
        private @Nullable String[] names = new String[48];
        private int count;

        Parameters(Bytes values) {
            super(values);
        }

        @Override
        void begin(Bytes values, String name) {
            values.ascii(count == 0 ? "" : ",");
            if (count == names.length) {
                names = Arrays.copyOf(names, count * 2);
            }
            names[count++] = name;
        }

        /** The statement that they are parameters of; the known one where it has the same names, as most rows have. */
        Statement statement(String table, @Nullable Statement known) {
            return known != null && Arrays.equals(known.names, 0, known.names.length, names, 0, count)
                    ? known
                    : new Statement(table, Arrays.copyOf(names, count));
        }
    }

    /** The text of an {@code INSERT}, as JSON. */
    static final class Statement {
        private final @Nullable String[] names;
        private final Bytes json;

        private Statement(String table, @Nullable String[] names) {
            this.names = names;
            StringBuilder text = new StringBuilder(640)
                    .append("INSERT INTO \"")
                    .append(table)
                    .append("\" VALUE {");
            String separator = "'";
            for (String name : names) {
                text.append(separator)
                        .append(String.valueOf(name).replace("'", "''"))
                        .append("':?");
                separator = ",'";
            }
            json = new Bytes(640).json(text.append('}').toString());
        }

        Bytes json() {
            return json;
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
