package io.marketpipeline.text;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON in one go: values and names in turn, each with the comma that it needs. The caller keeps the order; nothing is
 * checked. Not thread-safe.
 */
public final class JsonText {
    private static final String HEX = "0123456789ABCDEF";

    private final StringBuilder out = new StringBuilder(256);
    private final int firstEscaped;

    private JsonText(int firstEscaped) {
        this.firstEscaped = firstEscaped;
    }

    /** A text in which everything beyond printable ASCII is escaped. */
    public static JsonText ascii() {
        return new JsonText(0x7F);
    }

    /** A text in which only what JSON demands is escaped; half of a surrogate pair becomes U+FFFD. */
    public static JsonText unicode() {
        return new JsonText(Character.MIN_SURROGATE);
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

    /** Writes a field's name; its value comes next. */
    public JsonText name(String name) {
        return value(name).raw(':');
    }

    /** Writes a field; null leaves it out. */
    public JsonText field(String name, @Nullable String value) {
        return value == null ? this : name(name).value(value);
    }

    /** Writes a field. */
    public JsonText field(String name, long value) {
        return name(name).value(value);
    }

    /** Writes a field; null leaves it out. */
    public JsonText field(String name, @Nullable BigDecimal value) {
        if (value != null) {
            name(name);
            out.append(value);
        }
        return this;
    }

    /** Writes a number. */
    public JsonText value(long number) {
        separated().out.append(number);
        return this;
    }

    /** Writes a text in quotes. */
    public JsonText value(String text) {
        separated().raw('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\' || c >= firstEscaped) {
                out.append(text, from, i);
                escape(text, i);
                from = i + 1;
            }
        }
        if (from == 0) {
            out.append(text); // in one block; the JDK copies a part of a text char by char
        } else {
            out.append(text, from, text.length());
        }
        return raw('"');
    }

    private void escape(String text, int at) {
        char c = text.charAt(at);
        if (c >= Character.MIN_SURROGATE && firstEscaped == Character.MIN_SURROGATE) {
            out.append(Surrogates.isHalf(text, at) ? '\uFFFD' : c);
            return;
        }
        int letter = "\"\\\b\f\n\r\t".indexOf(c);
        out.append('\\');
        if (letter >= 0) {
            out.append("\"\\bfnrt".charAt(letter));
        } else {
            out.append('u');
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(HEX.charAt((c >> shift) & 15));
            }
        }
    }

    /** A comma, unless this is the first of its object or array, or a field's value. */
    private JsonText separated() {
        char last = out.length() == 0 ? ':' : out.charAt(out.length() - 1);
        return last == '{' || last == '[' || last == ':' ? this : raw(',');
    }

    private JsonText raw(char c) {
        out.append(c);
        return this;
    }

    /** What was written. */
    @Override
    public String toString() {
        return out.toString();
    }
}
