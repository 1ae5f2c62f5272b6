package io.marketpipeline.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of JSON, looked at eight at a time: a word's first byte is its lowest.
 */
final class PlainBytes {
    private static final int WORD = Long.BYTES;

    /** Costs no time at a cold start, since the JDK's SHA-256 has such handles, too. */
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;

    private final byte[] bytes;
    private final int end;

    PlainBytes(RawData json) {
        this.bytes = json.array();
        this.end = json.offset() + json.length();
    }

    byte[] array() {
        return bytes;
    }

    int end() {
        return end;
    }

    /** Where the text ends whose first character is there: at its closing quote. -1 where it isn't plain or has no end. */
    int quote(int from) {
        int at = from;
        for (; at + WORD <= end; at += WORD) {
            long special = special((long) WORDS.get(bytes, at));
            if (special != 0) {
                at += Long.numberOfTrailingZeros(special) / Byte.SIZE;
                return bytes[at] == '"' ? at : -1;
            }
        }
        while (at < end && (special(bytes[at]) & 0x80) == 0) {
            at++;
        }
        return at < end && bytes[at] == '"' ? at : -1;
    }

    /**
     * The high bit of each byte that doesn't stand for itself: quote, backslash, control characters, DEL and what isn't
     * ASCII. Bytes above the first such one may be marked wrongly, since what is borrowed goes upwards.
     */
    private static long special(long word) {
        long control = word - ONES * ' ';
        long quote = (word ^ (ONES * '"')) - ONES;
        long backslash = (word ^ (ONES * '\\')) - ONES;
        long delete = (word ^ (ONES * 0x7F)) - ONES;
        return (word | control | quote | backslash | delete) & HIGHS;
    }

    /** A view of bytes as the characters that they are. */
    CharSequence characters(int from, int length) {
        return new Characters(bytes, from, length);
    }

    private static final class Characters implements CharSequence {
        private final byte[] bytes;
        private final int from;
        private final int length;

        Characters(byte[] bytes, int from, int length) {
            this.bytes = bytes;
            this.from = from;
            this.length = length;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            return (char) bytes[from + index];
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Characters(bytes, from + start, end - start);
        }

        @Override
        public String toString() {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
    }

    /** Whether 16 bytes from there on have two words, as far as the masks behind each go. */
    boolean has(int from, long[] wanted, int at) {
        return from + 2 * WORD <= end
                && (((long) WORDS.get(bytes, from) ^ wanted[at]) & wanted[at + 1]) == 0
                && (wanted[at + 3] == 0
                        || (((long) WORDS.get(bytes, from + WORD) ^ wanted[at + 2]) & wanted[at + 3]) == 0);
    }

    /** Up to eight bytes; those from {@code to} on are zero. */
    long word(int from, int to) {
        int length = to - from;
        if (length <= 0) {
            return 0;
        }
        if (from + WORD <= end) {
            long word = (long) WORDS.get(bytes, from);
            return length >= WORD ? word : word & ((1L << (length * Byte.SIZE)) - 1);
        }
        long word = 0;
        for (int i = Math.min(to, from + WORD) - 1; i >= from; i--) {
            word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        return word;
    }
}
