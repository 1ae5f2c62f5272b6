package io.marketpipeline.event;

import io.marketpipeline.text.Sha256Hex;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes exactly as they came over the wire. A view of the received payload, not a copy: the caller who hands the payload
 * over must not change it afterwards. Thread-safe; equal by content.
 */
public final class RawData {
    private static final RawData EMPTY = new RawData(new byte[0], 0, 0);

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private @Nullable String sha256;
    private @Nullable PlainObject plain;

    private RawData(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** A view of part of an array. */
    public static RawData of(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return new RawData(bytes, offset, length);
    }

    /** The UTF-8 bytes of a text. */
    public static RawData of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new RawData(utf8, 0, utf8.length);
    }

    /** No bytes. */
    public static RawData empty() {
        return EMPTY;
    }

    /** Number of bytes. */
    public int length() {
        return length;
    }

    /** The bytes as UTF-8 text; what isn't UTF-8 becomes U+FFFD. */
    public String text() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    /** The first bytes as text, at most {@code maxBytes} of them, cut before a character that would be divided. */
    public String text(int maxBytes) {
        if (length <= maxBytes) {
            return text();
        }
        int end = maxBytes;
        while (end > 0 && (bytes[offset + end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, offset, end, StandardCharsets.UTF_8);
    }

    /** Whether the bytes are well-formed UTF-8, so that {@link #text()} loses nothing. */
    public boolean isUtf8() {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return decodesStrictly();
            }
        }
        return true;
    }

    private boolean decodesStrictly() {
        try {
            CharBuffer unused = StandardCharsets.UTF_8.newDecoder().decode(buffer());
            return unused != null;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** A read-only view of the bytes. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, offset, length).slice().asReadOnlyBuffer();
    }

    /** SHA-256 of the bytes in lower-case hexadecimal; computed at the first call. */
    public String sha256() {
        String known = sha256;
        if (known == null) {
            known = Sha256Hex.of(bytes, offset, length);
            sha256 = known;
        }
        return known;
    }

    /** The bytes with the object that they are known to be. */
    static RawData of(byte[] bytes, int offset, int length, @Nullable PlainObject object) {
        RawData data = of(bytes, offset, length);
        data.plain = object;
        return data;
    }

    /** The plain object that the bytes are; null where they are none. */
    @Nullable
    PlainObject plain() {
        return plain == null ? PlainObject.detail(this) : plain;
    }

    byte[] array() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RawData raw
                && Arrays.equals(bytes, offset, offset + length, raw.bytes, raw.offset, raw.offset + raw.length);
    }

    @Override
    public int hashCode() {
        return buffer().hashCode();
    }

    /** Length and content hash, never the content. */
    @Override
    public String toString() {
        return "RawData[" + length + " bytes, sha256=" + sha256() + "]";
    }
}
