package io.marketpipeline.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts of at most 15 ASCII characters that are found by their bytes; each has its place. Thread-safe. */
final class KnownTexts {
    private static final int WORD = Long.BYTES;
    private static final int LONGEST = 2 * WORD - 1;

    /** A power of two, several times as many as there are texts. */
    private static final int SLOTS = 128;

    private final String[] texts;
    private final long[] first = new long[SLOTS];
    private final long[] second = new long[SLOTS];
    private final byte[] places = new byte[SLOTS];

    /** Words of the texts with the quote behind them, by place, and the bits that they have. */
    private final long[] quoted;

    /** Which place came last behind each, from the start on: a guess that any thread may write, since it is checked. */
    private final byte[] followers;

    KnownTexts(String... texts) {
        this.texts = texts;
        this.quoted = new long[texts.length * 4];
        this.followers = new byte[texts.length + 1];
        Arrays.fill(places, (byte) -1);
        for (int i = 0; i < texts.length; i++) {
            int length = texts[i].length();
            PlainBytes bytes = new PlainBytes(RawData.of(texts[i].getBytes(StandardCharsets.US_ASCII), 0, length));
            long one = bytes.word(0, length);
            long two = bytes.word(WORD, length);
            int slot = slot(one, two);
            while (places[slot] >= 0) {
                slot = next(slot);
            }
            first[slot] = one;
            second[slot] = two;
            places[slot] = (byte) i;
            quote(i, texts[i] + '"');
        }
    }

    private void quote(int place, String text) {
        PlainBytes bytes = new PlainBytes(RawData.of(text.getBytes(StandardCharsets.US_ASCII), 0, text.length()));
        quoted[4 * place] = bytes.word(0, text.length());
        quoted[4 * place + 1] = mask(text.length());
        quoted[4 * place + 2] = bytes.word(WORD, text.length());
        quoted[4 * place + 3] = mask(text.length() - WORD);
    }

    private static long mask(int bytes) {
        return bytes <= 0 ? 0 : bytes >= WORD ? -1 : (1L << (bytes * Byte.SIZE)) - 1;
    }

    /** The place that is likely behind another one (-1 at the start), if it is what the bytes have; else -1. */
    int likely(PlainBytes bytes, int from, int before) {
        int place = followers[before + 1];
        return bytes.has(from, quoted, 4 * place) ? place : -1;
    }

    int length(int place) {
        return texts[place].length();
    }

    int count() {
        return texts.length;
    }

    String text(int place) {
        return texts[place];
    }

    /** The place of the text that the bytes are; -1 where it isn't known. */
    int find(PlainBytes bytes, int from, int to) {
        if (to - from > LONGEST) {
            return -1;
        }
        long one = bytes.word(from, to);
        long two = bytes.word(from + WORD, to);
        int slot = slot(one, two);
        while (places[slot] >= 0 && (first[slot] != one || second[slot] != two)) {
            slot = next(slot);
        }
        return places[slot];
    }

    /** As {@link #find(PlainBytes, int, int)}, of what is behind a place, which is kept in mind. */
    int find(PlainBytes bytes, int from, int to, int before) {
        int place = find(bytes, from, to);
        if (place >= 0) {
            followers[before + 1] = (byte) place;
        }
        return place;
    }

    /** The place of a text; -1 where it isn't known. */
    int place(String text) {
        for (int i = 0; i < texts.length; i++) {
            if (texts[i].equals(text)) {
                return i;
            }
        }
        return -1;
    }

    private static int next(int slot) {
        return (slot + 1) & (SLOTS - 1);
    }

    private static int slot(long one, long two) {
        return (int) (((one ^ (two * 31)) * 0x9E37_79B9_7F4A_7C15L) >>> 57);
    }
}
