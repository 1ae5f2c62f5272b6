package io.marketpipeline.event;

import io.marketpipeline.schema.DetailTypes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a plain JSON object: ASCII without escapes, numbers without exponent and of at most 18 digits, and no values
 * inside values but for what an envelope has. Nearly every event is one, and is read so several times as fast as by a parser
 * for all of JSON. What isn't plain is left to that parser, and so is everything that is wrong: nothing is refused here.
 */
final class PlainObject {
    /** An envelope's fields; a trade has eight. */
    private static final int USUAL_FIELDS = 9;

    private static final int MAX_FIELDS = 32;
    private static final int MAX_DIGITS = 18;
    private static final int INTS = 4;

    /** Names and values that needn't be made anew for each event. */
    private static final String[][] KNOWN = byLength(
            "id",
            "source",
            "detail-type",
            "time",
            "account",
            "detail",
            "version",
            "region",
            "resources",
            "event_id",
            "event_time",
            "publish_time",
            "exchange",
            "symbol",
            "price",
            "volume",
            "bid_price",
            "bid_size",
            "ask_price",
            "ask_size",
            "sequence",
            "trade_id",
            "ref_event_id",
            "conditions",
            "side",
            "currency",
            "tape",
            "market.data",
            DetailTypes.TRADE_EXECUTION,
            DetailTypes.TRADE_UPDATE,
            DetailTypes.MARKET_QUOTE,
            DetailTypes.PRICE_UPDATE);

    /** Kinds of values. */
    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        NULL,
        OBJECT,
        OTHER
    }

    private final byte[] bytes;
    private final int end;
    private int at;
    private int[] fields = new int[USUAL_FIELDS * INTS];
    private Kind[] kinds = new Kind[USUAL_FIELDS];
    private int count;

    private PlainObject(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /** An object with no values inside values; null where it isn't plain. */
    static @Nullable PlainObject flat(RawData json) {
        PlainObject object = new PlainObject(json.array(), json.offset(), json.offset() + json.length());
        return object.object(true, false) && object.at == object.end ? object : null;
    }

    /** An object that may hold flat objects and arrays of texts; null where it isn't plain. */
    static @Nullable PlainObject nested(RawData json) {
        PlainObject object = new PlainObject(json.array(), json.offset(), json.offset() + json.length());
        return object.object(true, true) && object.at == object.end ? object : null;
    }

    int count() {
        return count;
    }

    String name(int field) {
        return shared(fields[field * INTS], fields[field * INTS + 1]);
    }

    /** As {@link #text}, for values that come again and again. */
    String sharedText(int field) {
        return shared(from(field), to(field));
    }

    private String shared(int from, int to) {
        int length = to - from;
        if (length < KNOWN.length) {
            for (String known : KNOWN[length]) {
                if (matches(known, from)) {
                    return known;
                }
            }
        }
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    Kind kind(int field) {
        return kinds[field];
    }

    /** The value's characters, a text's without quotes. */
    String text(int field) {
        int from = from(field);
        return new String(bytes, from, to(field) - from, StandardCharsets.ISO_8859_1);
    }

    /** Where the value's characters start, in the array of the object's bytes. */
    int from(int field) {
        return fields[field * INTS + 2];
    }

    int to(int field) {
        return fields[field * INTS + 3];
    }

    byte byteAt(int index) {
        return bytes[index];
    }

    private boolean matches(String known, int from) {
        for (int i = 0; i < known.length(); i++) {
            if (bytes[from + i] != known.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean object(boolean noted, boolean nesting) {
        if (!skip('{')) {
            return false;
        }
        if (skip('}')) {
            return true;
        }
        do {
            blanks();
            int name = at + 1;
            if (!string()) {
                return false;
            }
            int nameEnd = at - 1;
            if (!skip(':')) {
                return false;
            }
            blanks();
            int start = at;
            Kind kind = value(nesting);
            if (kind == null || (noted && count == MAX_FIELDS)) {
                return false;
            }
            if (noted) {
                int quote = kind == Kind.TEXT ? 1 : 0;
                note(name, nameEnd, kind, start + quote, at - quote);
            }
        } while (skip(','));
        return skip('}');
    }

    private void note(int name, int nameEnd, Kind kind, int from, int to) {
        if (count == kinds.length) {
            fields = Arrays.copyOf(fields, MAX_FIELDS * INTS);
            kinds = Arrays.copyOf(kinds, MAX_FIELDS);
        }
        int field = count * INTS;
        fields[field] = name;
        fields[field + 1] = nameEnd;
        fields[field + 2] = from;
        fields[field + 3] = to;
        kinds[count++] = kind;
    }

    private @Nullable Kind value(boolean nesting) {
        if (at == end) {
            return null;
        }
        return switch (bytes[at]) {
            case '"' -> string() ? Kind.TEXT : null;
            case '{' -> nesting && object(false, false) ? Kind.OBJECT : null;
            case '[' -> nesting && texts() ? Kind.OTHER : null;
            case 't' -> word("true") ? Kind.OTHER : null;
            case 'f' -> word("false") ? Kind.OTHER : null;
            case 'n' -> word("null") ? Kind.NULL : null;
            default -> number();
        };
    }

    private boolean texts() {
        at++;
        if (skip(']')) {
            return true;
        }
        do {
            blanks();
            if (!string()) {
                return false;
            }
        } while (skip(','));
        return skip(']');
    }

    private boolean string() {
        if (at == end || bytes[at] != '"') {
            return false;
        }
        for (at++; at < end; at++) {
            byte b = bytes[at];
            if (b == '"') {
                at++;
                return true;
            }
            if (b < 0x20 || b == '\\' || b == 0x7F) {
                return false;
            }
        }
        return false;
    }

    private @Nullable Kind number() {
        int start = at;
        if (bytes[at] == '-') {
            at++;
        }
        int whole = at;
        digits();
        int digits = at - whole;
        boolean leadingZero = digits > 1 && bytes[whole] == '0';
        Kind kind = Kind.INTEGER;
        if (at < end && bytes[at] == '.') {
            at++;
            int fraction = at;
            digits();
            if (at == fraction) {
                return null;
            }
            kind = Kind.DECIMAL;
        }
        boolean more = at < end && (bytes[at] == 'e' || bytes[at] == 'E' || bytes[at] == '.');
        return digits == 0 || leadingZero || more || at - start > MAX_DIGITS ? null : kind;
    }

    private void digits() {
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
    }

    private boolean word(String word) {
        if (end - at < word.length() || !matches(word, at)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private boolean skip(char wanted) {
        blanks();
        if (at < end && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private static String[][] byLength(String... names) {
        String[][] known = new String[16][0];
        for (String name : names) {
            int length = name.length();
            known[length] = Arrays.copyOf(known[length], known[length].length + 1);
            known[length][known[length].length - 1] = name;
        }
        return known;
    }
}
