package io.marketpipeline.wire;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** Bytes that grow at their end, with JSON's notation of texts. Not thread-safe. */
final class Bytes extends ByteArrayOutputStream {
    private static final String HEX = "0123456789abcdef";

    /** A control character in JSON: {@code \\u001f}. */
    private static final int LONGEST = 6;

    Bytes(int capacity) {
        super(capacity);
    }

    /** Appends a text of ASCII characters. */
    @SuppressWarnings("deprecation") // the one way to take the low bytes of a text in a block
    Bytes ascii(String text) {
        int size = text.length();
        ensure(size);
        text.getBytes(0, size, buf, count);
        count += size;
        return this;
    }

    Bytes append(Bytes other) {
        write(other.buf, 0, other.count);
        return this;
    }

    /** Appends a JSON text in quotes. Half of a surrogate pair, which UTF-8 can't carry, becomes U+FFFD. */
    Bytes json(String text) {
        int size = text.length();
        ensure(size + 2);
        buf[count++] = '"';
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                buf[count++] = (byte) c;
            } else {
                ensure(LONGEST + size - i + 1);
                int point = text.codePointAt(i);
                special(point);
                i += Character.charCount(point) - 1;
            }
        }
        buf[count++] = '"';
        return this;
    }

    /** Appends a character that isn't plain. */
    private void special(int c) {
        if (c < 0x20) {
            ascii("\\u00").put(HEX.charAt(c >> 4)).put(HEX.charAt(c & 15));
        } else if (c < 0x80) {
            put('\\').put(c);
        } else if (c < 0x800) {
            put(0xC0 | (c >> 6)).tail(c);
        } else if (c >= 0x10000) {
            put(0xF0 | (c >> 18)).tail(c >> 12).tail(c >> 6).tail(c);
        } else if (Character.isSurrogate((char) c)) {
            special('\uFFFD');
        } else {
            put(0xE0 | (c >> 12)).tail(c >> 6).tail(c);
        }
    }

    private Bytes tail(int bits) {
        return put(0x80 | (bits & 0x3F));
    }

    private Bytes put(int value) {
        buf[count++] = (byte) value;
        return this;
    }

    void digestInto(MessageDigest digest) {
        digest.update(buf, 0, count);
    }

    private void ensure(int more) {
        if (buf.length - count < more) {
            buf = Arrays.copyOf(buf, Math.max(buf.length * 2, Math.addExact(count, more)));
        }
    }
}
