package io.marketpipeline.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at their end: UTF-8 texts, JSON's notation of texts, numbers. Not thread-safe. */
public final class Bytes {
    private static final String HEX = "0123456789ABCDEF";
    private static final byte[] LOWER_HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** What is escaped by a letter, and the letters. */
    private static final String ESCAPED = "\b\f\n\r\t";

    private static final String LETTERS = "bfnrt";

    private byte[] bytes;
    private int size;

    /**
     * None yet.
     *
     * @param capacity how many there will probably be
     */
    public Bytes(int capacity) {
        bytes = new byte[capacity];
    }

    /** Appends a text of ASCII characters. */
    public Bytes ascii(String text) {
        ensure(text.length());
        return block(text);
    }

    /** Appends texts of ASCII characters. */
    public Bytes ascii(String... texts) {
        for (String text : texts) {
            ascii(text);
        }
        return this;
    }

    /** Appends an ASCII character. */
    public Bytes ascii(char c) {
        ensure(1);
        bytes[size++] = (byte) c;
        return this;
    }

    /** Appends bytes in lower-case hexadecimal. */
    public Bytes hex(byte[] binary) {
        ensure(2 * binary.length);
        for (byte b : binary) {
            bytes[size++] = LOWER_HEX[(b >> 4) & 15];
            bytes[size++] = LOWER_HEX[b & 15];
        }
        return this;
    }

    /** Appends a number in four bytes, the highest first. */
    public Bytes int32(int number) {
        ensure(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (number >>> shift);
        }
        return this;
    }

    /** Appends how many bytes a text has in UTF-8, in four bytes, and then those. */
    public Bytes counted(String text) {
        int length = text.length();
        ensure(4 + length);
        byte[] to = bytes;
        int at = size + 4;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                return int32(utf8.length).append(utf8);
            }
            to[at++] = (byte) c;
        }
        int32(length);
        size = at;
        return this;
    }

    /** Appends the last digits of a number that isn't negative, zeros in front. */
    Bytes digits(int number, int digits) {
        ensure(digits);
        size += digits;
        int rest = number;
        for (int at = size - 1; at >= size - digits; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    /** Appends a JSON string of ASCII characters that need no escapes. */
    Bytes plainJson(String text) {
        ensure(text.length() + 2);
        bytes[size++] = '"';
        block(text);
        bytes[size++] = '"';
        return this;
    }

    @SuppressWarnings("deprecation") // the one way to take the low bytes of a text in a block
    private Bytes block(String text) {
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
        return this;
    }

    /** Appends any text. Half of a surrogate pair, which UTF-8 can't carry, becomes {@code ?}. */
    public Bytes append(String text) {
        return append(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends others. */
    public Bytes append(Bytes other) {
        return append(other.bytes, 0, other.size);
    }

    /** Appends others from a place up to before another. */
    public Bytes append(Bytes other, int from, int to) {
        return append(other.bytes, from, to - from);
    }

    /** Appends bytes as they are. */
    public Bytes append(byte[] more) {
        return append(more, 0, more.length);
    }

    private Bytes append(byte[] more, int from, int length) {
        ensure(length);
        System.arraycopy(more, from, bytes, size, length);
        size += length;
        return this;
    }

    /** Appends a JSON string with what JSON demands escaped. Half of a surrogate pair becomes U+FFFD. */
    public Bytes json(String text) {
        return json(text, 0x80);
    }

    /**
     * Appends a JSON string.
     *
     * @param plain characters from the blank up to before this one are written as they are, but for quote and backslash
     */
    Bytes json(String text, int plain) {
        int length = text.length();
        ensure(length + 2);
        byte[] to = bytes;
        int end = size;
        to[end++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= plain) {
                size = end;
                i = special(text, i, plain);
                ensure(length - i);
                to = bytes;
                end = size;
            } else {
                if (c == '"' || c == '\\') {
                    size = end;
                    ensure(length - i + 2);
                    to = bytes;
                    to[end++] = '\\';
                }
                to[end++] = (byte) c;
            }
        }
        to[end++] = '"';
        size = end;
        return this;
    }

    /** Appends the character at a place; gives the place of its last half. */
    private int special(String text, int at, int plain) {
        char c = text.charAt(at);
        if (c >= 0x80 && plain == 0x80) {
            int point = text.codePointAt(at);
            append(Surrogates.isHalf(text, at) ? "\uFFFD" : Character.toString(point));
            return at + Character.charCount(point) - 1;
        }
        int letter = ESCAPED.indexOf(c);
        if (letter >= 0) {
            ascii('\\').ascii(LETTERS.charAt(letter));
        } else {
            ascii("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                ascii(HEX.charAt((c >> shift) & 15));
            }
        }
        return at;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The last byte; 0 where there is none. */
    byte last() {
        return size == 0 ? 0 : bytes[size - 1];
    }

    /** SHA-256 of all of them. */
    public byte[] sha256() {
        return Sha256Hex.sum(bytes, 0, size);
    }

    /** SHA-256 of all of them in lower-case hexadecimal. */
    public String sha256Hex() {
        return Sha256Hex.of(bytes, 0, size);
    }

    /** Writes all of them in one go. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    /** A copy. */
    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        int needed = size + more;
        if (needed < 0) {
            throw new OutOfMemoryError("more bytes than an array takes: " + size + " and " + more);
        }
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, needed));
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
