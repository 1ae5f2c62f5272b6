package io.marketpipeline.text;

import org.jspecify.annotations.Nullable;

/**
 * Writes JSON in one go: values and names in turn, each with the comma that it needs. The caller keeps the order; nothing is
 * checked. Not thread-safe.
 */
public final class JsonText {
    private final Bytes out = new Bytes(512);
    private final int plain;

    private JsonText(int plain) {
        this.plain = plain;
    }

    /** A text in which everything beyond printable ASCII is escaped. */
    public static JsonText ascii() {
        return new JsonText(0x7F);
    }

    /** A text in which only what JSON demands is escaped; half of a surrogate pair becomes U+FFFD. */
    public static JsonText unicode() {
        return new JsonText(0x80);
    }

    /** Begins an object. */
    public JsonText begin() {
        return separated().raw('{');
    }

    /** Ends an object. */
    public JsonText end() {
        return raw('}');
    }

    /** Begins an array. */
    public JsonText beginArray() {
        return separated().raw('[');
    }

    /** Ends an array. */
    public JsonText endArray() {
        return raw(']');
    }

    /** Writes a field's name, of ASCII characters that need no escapes; its value comes next. */
    public JsonText name(String name) {
        separated().out.plainJson(name).ascii(':');
        return this;
    }

    /**
     * Writes a field; null leaves it out.
     *
     * @param value a text, or a finite number
     * @throws IllegalArgumentException for anything else
     */
    public JsonText field(String name, @Nullable Object value) {
        if (value instanceof String text) {
            name(name).out.json(text, plain);
        } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            name(name).out.ascii(value.toString());
        } else if (value != null) {
            throw new IllegalArgumentException(
                    name + " must be a text or a finite number, not " + value + " of " + value.getClass());
        }
        return this;
    }

    /** Writes fields, as {@link #field} does: a name, its value, the next name, and so on. */
    public JsonText fields(@Nullable Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            field(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return this;
    }

    /** Writes a number. */
    public JsonText value(long number) {
        separated().out.ascii(Long.toString(number));
        return this;
    }

    /** Writes a value that is JSON already, of ASCII characters. */
    public JsonText json(String json) {
        separated().out.ascii(json);
        return this;
    }

    /** Writes a text in quotes. */
    public JsonText value(String text) {
        separated().out.json(text, plain);
        return this;
    }

    /** A comma, unless this is the first of its object or array, or a field's value. */
    private JsonText separated() {
        byte last = out.last();
        return last == 0 || last == '{' || last == '[' || last == ':' ? this : raw(',');
    }

    private JsonText raw(char c) {
        out.ascii(c);
        return this;
    }

    /** What was written. */
    public Bytes bytes() {
        return out;
    }

    /** What was written. */
    @Override
    public String toString() {
        return out.toString();
    }
}
