package io.marketpipeline.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a plain JSON object: ASCII without escapes, numbers without exponent and of at most 18 digits, no name twice,
 * and no values inside values but for what an envelope has. Nearly every event is one, and is read so several times as fast as
 * by a parser for all of JSON. What isn't plain is left to that parser, and so is everything that is wrong: nothing is refused
 * here.
 */
final class PlainObject {
    private static final int MAX_OTHERS = 16;
    private static final int MAX_DIGITS = 18;

    /** What a field that isn't there has for its value. */
    static final long ABSENT = 0;

    static final int TEXT = 1;
    static final int INTEGER = 2;
    static final int DECIMAL = 3;
    static final int NULL = 4;
    static final int OBJECT = 5;
    static final int OTHER = 6;

    private static final int KIND_BITS = 3;
    private static final long[] NO_OTHERS = {};

    private final PlainBytes json;
    private final byte[] bytes;
    private final int end;
    private final KnownTexts names;
    private final boolean nesting;

    /** Values of known names, by their places. */
    private final long[] values;

    /** Other names, each with its value behind it. */
    private long[] others = NO_OTHERS;

    private int otherCount;
    private @Nullable PlainObject inner;

    private PlainObject(PlainBytes json, KnownTexts names, boolean nesting) {
        this.json = json;
        this.bytes = json.array();
        this.end = json.end();
        this.names = names;
        this.nesting = nesting;
        this.values = new long[names.count()];
    }

    /** A {@code detail}, with no values inside values; null where it isn't plain. */
    static @Nullable PlainObject detail(RawData json) {
        return read(json, new PlainObject(new PlainBytes(json), PlainNames.DETAIL, false));
    }

    /** An envelope, which may hold one {@code detail}, and arrays of texts; null where it isn't plain. */
    static @Nullable PlainObject envelope(RawData json) {
        return read(json, new PlainObject(new PlainBytes(json), PlainNames.ENVELOPE, true));
    }

    private static @Nullable PlainObject read(RawData json, PlainObject object) {
        return object.object(json.offset()) == object.end ? object : null;
    }

    /** The object that this one holds, read already; null where it holds none. */
    @Nullable
    PlainObject inner() {
        return inner;
    }

    /** The value of a known name by its place. */
    long value(int place) {
        return values[place];
    }

    /** The value of any name. */
    long value(String name) {
        int place = names.place(name);
        if (place >= 0) {
            return values[place];
        }
        for (int i = 0; i < otherCount; i++) {
            if (text(others[2 * i]).equals(name)) {
                return others[2 * i + 1];
            }
        }
        return ABSENT;
    }

    static int kind(long value) {
        return (int) value & ((1 << KIND_BITS) - 1);
    }

    /** Where a value's characters start, in the array of the object's bytes. */
    static int from(long value) {
        return (int) (value >>> 32);
    }

    /** How many characters a value has, a text's without quotes. */
    static int length(long value) {
        return (int) value >>> KIND_BITS;
    }

    /** A value's characters. */
    String text(long value) {
        return new String(bytes, from(value), length(value), StandardCharsets.ISO_8859_1);
    }

    /** As {@link #text}, for values that come again and again. */
    String sharedText(long value) {
        int from = from(value);
        int place = PlainNames.VALUES.find(json, from, from + length(value));
        return place < 0 ? text(value) : PlainNames.VALUES.text(place);
    }

    /** A view of a value's characters. */
    CharSequence characters(long value) {
        return json.characters(from(value), length(value));
    }

    byte byteAt(int index) {
        return bytes[index];
    }

    /** Reads the object that starts there; the answer is where it ends, or -1 where it isn't plain. */
    private int object(int start) {
        int next = symbol(start, '{');
        int empty = next < 0 ? -1 : symbol(next, '}');
        if (next < 0 || empty >= 0) {
            return empty;
        }
        int place = -1;
        int at;
        do {
            int name = symbol(next, '"');
            if (name < 0) {
                return -1;
            }
            int before = place;
            place = names.likely(json, name, before);
            int nameEnd = place < 0 ? json.quote(name) : name + names.length(place);
            if (nameEnd < 0) {
                return -1;
            }
            if (place < 0) {
                place = names.find(json, name, nameEnd, before);
            }
            at = field(place, name, nameEnd);
            next = at < 0 ? -1 : symbol(at, ',');
        } while (next >= 0);
        return at < 0 ? -1 : symbol(at, '}');
    }

    private int field(int place, int name, int nameEnd) {
        int colon = symbol(nameEnd + 1, ':');
        int at = colon < 0 ? end : blanks(colon);
        long value = at == end ? ABSENT : read(at);
        return value == ABSENT || !note(place, name, nameEnd, value)
                ? -1
                : from(value) + length(value) + (kind(value) == TEXT ? 1 : 0);
    }

    /** Whether the name is new; what an envelope has besides what is known may be there twice. */
    private boolean note(int place, int name, int nameEnd, long value) {
        if (place >= 0) {
            boolean fresh = values[place] == ABSENT;
            values[place] = value;
            return fresh;
        }
        return nesting || noteOther(packed(TEXT, name, nameEnd), value);
    }

    private boolean noteOther(long name, long value) {
        for (int i = 0; i < otherCount; i++) {
            if (isSame(others[2 * i], name)) {
                return false;
            }
        }
        if (otherCount == MAX_OTHERS) {
            return false;
        }
        if (2 * otherCount == others.length) {
            others = Arrays.copyOf(others, 2 * (otherCount + 4));
        }
        others[2 * otherCount] = name;
        others[2 * otherCount++ + 1] = value;
        return true;
    }

    private boolean isSame(long one, long other) {
        int length = length(one);
        int from = from(one);
        int otherFrom = from(other);
        return length == length(other)
                && Arrays.equals(bytes, from, from + length, bytes, otherFrom, otherFrom + length);
    }

    /** The value that starts there; {@link #ABSENT} where it isn't plain. */
    private long read(int at) {
        return switch (bytes[at]) {
            case '"' -> packed(TEXT, at + 1, json.quote(at + 1));
            case '{' -> nesting ? packed(OBJECT, at, inner(at)) : ABSENT;
            case '[' -> nesting ? packed(OTHER, at, texts(at)) : ABSENT;
            case 't' -> packed(OTHER, at, word(at, "true"));
            case 'f' -> packed(OTHER, at, word(at, "false"));
            case 'n' -> packed(NULL, at, word(at, "null"));
            default -> number(at);
        };
    }

    private static long packed(int kind, int from, int to) {
        return to < 0 ? ABSENT : ((long) from << 32) | ((long) (to - from) << KIND_BITS) | kind;
    }

    private int inner(int from) {
        if (inner != null) {
            return -1;
        }
        inner = new PlainObject(json, PlainNames.DETAIL, false);
        return inner.object(from);
    }

    private int texts(int from) {
        int at = symbol(from + 1, ']');
        if (at >= 0) {
            return at;
        }
        int next = from + 1;
        do {
            int text = symbol(next, '"');
            int quote = text < 0 ? -1 : json.quote(text);
            if (quote < 0) {
                return -1;
            }
            at = quote + 1;
            next = symbol(at, ',');
        } while (next >= 0);
        return symbol(at, ']');
    }

    private long number(int from) {
        int whole = bytes[from] == '-' ? from + 1 : from;
        int at = digits(whole);
        int digits = at - whole;
        boolean leadingZero = digits > 1 && bytes[whole] == '0';
        int kind = INTEGER;
        if (at < end && bytes[at] == '.') {
            int fraction = at + 1;
            at = digits(fraction);
            if (at == fraction) {
                return ABSENT;
            }
            kind = DECIMAL;
        }
        boolean more = at < end && (bytes[at] == 'e' || bytes[at] == 'E' || bytes[at] == '.');
        return digits == 0 || leadingZero || more || at - from > MAX_DIGITS ? ABSENT : packed(kind, from, at);
    }

    private int digits(int from) {
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private int word(int from, String word) {
        int to = from + word.length();
        if (to > end) {
            return -1;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return -1;
            }
        }
        return to;
    }

    /** Where what follows the symbol begins; -1 where the next byte that isn't blank is another one. */
    private int symbol(int from, char wanted) {
        int at = blanks(from);
        return at < end && bytes[at] == wanted ? at + 1 : -1;
    }

    private int blanks(int from) {
        int at = from;
        while (at < end && bytes[at] <= ' ' && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
