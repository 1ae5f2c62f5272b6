package io.marketpipeline.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that grow at their end, with JSON's notation of texts. Not thread-safe. */
final class Bytes extends ByteArrayOutputStream {
    private static final HexFormat HEX = HexFormat.of();

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
            if (c < 0x20 || c >= 0x80) {
                int point = text.codePointAt(i);
                special(point);
                i += Character.charCount(point) - 1;
                ensure(size - i + 1);
            } else {
                if (c == '"' || c == '\\') {
                    ensure(size - i + 2);
                    buf[count++] = '\\';
                }
                buf[count++] = (byte) c;
            }
        }
        buf[count++] = '"';
        return this;
    }

    private void special(int c) {
        if (c < 0x20) {
            ascii("\\u00").ascii(HEX.toHexDigits((byte) c));
        } else {
            int carried = Character.getType(c) == Character.SURROGATE ? 0xFFFD : c;
            writeBytes(Character.toString(carried).getBytes(StandardCharsets.UTF_8));
        }
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
