package io.marketpipeline.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** Bytes that grow at their end, with JSON's notation of texts. Not thread-safe. */
final class Bytes {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    /** A control character in JSON: {@code \\u001f}. */
    private static final int LONGEST = 6;

    private byte[] bytes;
    private int length;

    Bytes(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    /** Appends a text of ASCII characters. */
    @SuppressWarnings("deprecation") // the one way to take the low bytes of a text in a block
    Bytes ascii(String text) {
        int size = text.length();
        ensure(size);
        text.getBytes(0, size, bytes, length);
        length += size;
        return this;
    }

    Bytes append(Bytes other) {
        ensure(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
        return this;
    }

    /** Appends a JSON text in quotes. Half of a surrogate pair, which UTF-8 can't carry, becomes U+FFFD. */
    Bytes json(String text) {
        int size = text.length();
        ensure(size + 2);
        bytes[length++] = '"';
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                bytes[length++] = (byte) c;
            } else {
                ensure(LONGEST + size - i + 1);
                i += special(text, i, c);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    /** Appends a character that isn't plain; the answer is 1 where it took two chars. */
    private int special(String text, int at, char c) {
        if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c < 0x20) {
            bytes[length++] = '\\';
            bytes[length++] = 'u';
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = (byte) HEX[c >> 4];
            bytes[length++] = (byte) HEX[c & 15];
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | (c >> 6));
            bytes[length++] = (byte) (0x80 | (c & 0x3F));
        } else if (Character.isHighSurrogate(c)
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1))) {
            int point = Character.toCodePoint(c, text.charAt(at + 1));
            bytes[length++] = (byte) (0xF0 | (point >> 18));
            bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            bytes[length++] = (byte) (0x80 | (point & 0x3F));
            return 1;
        } else {
            char carried = Character.isSurrogate(c) ? '\uFFFD' : c;
            bytes[length++] = (byte) (0xE0 | (carried >> 12));
            bytes[length++] = (byte) (0x80 | ((carried >> 6) & 0x3F));
            bytes[length++] = (byte) (0x80 | (carried & 0x3F));
        }
        return 0;
    }

    void digestInto(MessageDigest digest) {
        digest.update(bytes, 0, length);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }
}
