package io.marketpipeline.event;

/**
 * Reads a point in time as nanoseconds since the epoch, without allocating.
 *
 * <p>Two notations: ISO-8601 with date, time to the second or finer (up to nanoseconds) and offset, from 1970 to 2261; or an
 * epoch number whose unit follows from its magnitude:
 *
 * <table>
 * <caption>Units of epoch numbers</caption>
 * <tr><td>100,000,000 to 9,214,646,399 (and a fraction)</td><td>seconds</td></tr>
 * <tr><td>from 100,000,000,000</td><td>milliseconds</td></tr>
 * <tr><td>from 100,000,000,000,000</td><td>microseconds</td></tr>
 * <tr><td>from 100,000,000,000,000,000</td><td>nanoseconds</td></tr>
 * </table>
 *
 * In each unit that is from 1973-03-03T09:46:40Z to the end of 2261; what lies outside is no time.
 */
final class EventTimes {
    /** Answer where the text is no time in range. */
    static final long NONE = Long.MIN_VALUE;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long FIRST_EPOCH_SECOND = 100_000_000L;
    /** 2262-01-01T00:00:00Z, the last whole year whose nanoseconds fit a long. */
    private static final long END_SECOND = 9_214_646_400L;

    private static final int MAX_EPOCH_CHARS = 32;

    private EventTimes() {}

    static long parse(CharSequence text) {
        if (text.length() > 10 && text.charAt(4) == '-') {
            return parseIso(text);
        }
        return parseEpoch(text);
    }

    private static long parseEpoch(CharSequence text) {
        int length = text.length();
        int point = 0;
        while (point < length && text.charAt(point) != '.') {
            point++;
        }
        if (length > MAX_EPOCH_CHARS || point > 19) {
            return NONE;
        }
        long whole = digits(text, 0, point);
        if (whole < FIRST_EPOCH_SECOND) {
            return NONE;
        }
        long unit = NANOS_PER_SECOND;
        long end = END_SECOND;
        // From seconds to nanoseconds: each unit starts where 1973-03-03T09:46:40Z is in it.
        for (long start = FIRST_EPOCH_SECOND * 1000; unit > 1 && whole >= start; start *= 1000) {
            unit /= 1000;
            end *= 1000;
        }
        if (whole >= end) {
            return NONE;
        }
        if (point == length) {
            return whole * unit;
        }
        long fraction = unit == NANOS_PER_SECOND ? fraction(text, point + 1, length) : -1;
        return fraction < 0 ? NONE : whole * unit + fraction;
    }

    private static long parseIso(CharSequence t) {
        int length = t.length();
        if (length < 20
                || t.charAt(7) != '-'
                || (t.charAt(10) != 'T' && t.charAt(10) != 't')
                || t.charAt(13) != ':'
                || t.charAt(16) != ':') {
            return NONE;
        }
        long year = digits(t, 0, 4);
        long month = digits(t, 5, 7);
        long day = digits(t, 8, 10);
        long hour = digits(t, 11, 13);
        long minute = digits(t, 14, 16);
        long second = digits(t, 17, 19);
        if (year < 1970 || !isDate(year, month, day) || !isTime(hour, minute, second)) {
            return NONE;
        }
        int zone = 19;
        long fraction = 0;
        if (t.charAt(19) == '.') {
            zone = 20;
            while (zone < length && isDigit(t.charAt(zone))) {
                zone++;
            }
            fraction = fraction(t, 20, zone);
        }
        long offset = offsetSeconds(t, zone);
        if (fraction < 0 || offset == NONE) {
            return NONE;
        }
        long seconds = daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
        return seconds < 0 || seconds >= END_SECOND ? NONE : seconds * NANOS_PER_SECOND + fraction;
    }

    private static boolean isDate(long year, long month, long day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int days =
                switch ((int) month) {
                    case 2 -> leap ? 29 : 28;
                    case 4, 6, 9, 11 -> 30;
                    default -> 31;
                };
        return day <= days;
    }

    private static boolean isTime(long hour, long minute, long second) {
        return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    }

    /** Seconds east of UTC of {@code Z}, {@code +hh:mm} or {@code +hhmm}. */
    private static long offsetSeconds(CharSequence t, int at) {
        int rest = t.length() - at;
        if (rest == 1 && (t.charAt(at) == 'Z' || t.charAt(at) == 'z')) {
            return 0;
        }
        boolean colon = rest == 6 && t.charAt(at + 3) == ':';
        if (!(colon || rest == 5) || (t.charAt(at) != '+' && t.charAt(at) != '-')) {
            return NONE;
        }
        long hours = digits(t, at + 1, at + 3);
        long minutes = digits(t, t.length() - 2, t.length());
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return NONE;
        }
        long seconds = hours * 3600 + minutes * 60;
        return t.charAt(at) == '-' ? -seconds : seconds;
    }

    /** Days from 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March. */
    private static long daysSinceEpoch(long year, long month, long day) {
        long y = month <= 2 ? year - 1 : year;
        long yearOfEra = y % 400;
        long dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return y / 400 * 146_097 + dayOfEra - 719_468;
    }

    /** The number of 1 to 19 digits, or -1 where there are none or something else. */
    private static long digits(CharSequence text, int from, int to) {
        if (from >= to) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isDigit(c) || value > (Long.MAX_VALUE - 9) / 10) {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /** Nanoseconds of a fraction of 1 to 9 digits, or -1. */
    private static long fraction(CharSequence text, int from, int to) {
        long value = to - from > 9 ? -1 : digits(text, from, to);
        for (int i = to - from; value > 0 && i < 9; i++) {
            value *= 10;
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
