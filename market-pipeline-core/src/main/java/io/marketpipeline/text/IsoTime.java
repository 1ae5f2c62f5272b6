package io.marketpipeline.text;

import java.time.Instant;

/** Times in ISO-8601, as {@link Instant#toString()} has them, whose formatters take long to load. */
public final class IsoTime {
    private static final int DAY = 86_400;

    private IsoTime() {}

    /**
     * A time such as {@code 2026-01-02T14:30:00.123Z}: without fraction, or with three, six or nine digits of it.
     *
     * @param time from year 0 to 9999
     */
    public static String of(Instant time) {
        StringBuilder text = new StringBuilder(30);
        appendSecond(text, time.getEpochSecond(), "-", ":");
        appendFraction(text, time.getNano());
        return text.append('Z').toString();
    }

    /**
     * A time in the basic format, such as {@code 20260102T143000Z}.
     *
     * @param epochSecond from year 0 to 9999
     */
    public static String basic(long epochSecond) {
        StringBuilder text = new StringBuilder(16);
        appendSecond(text, epochSecond, "", "");
        return text.append('Z').toString();
    }

    private static void appendSecond(StringBuilder text, long epochSecond, String ofDate, String ofTime) {
        long second = Math.floorMod(epochSecond, (long) DAY);
        appendDate(text, Math.floorDiv(epochSecond, (long) DAY), ofDate);
        text.append('T');
        appendDigits(text, second / 3600, 2);
        text.append(ofTime);
        appendDigits(text, second / 60 % 60, 2);
        text.append(ofTime);
        appendDigits(text, second % 60, 2);
    }

    private static void appendFraction(StringBuilder text, int nanos) {
        if (nanos == 0) {
            return;
        }
        text.append('.');
        if (nanos % 1_000_000 == 0) {
            appendDigits(text, nanos / 1_000_000, 3);
        } else if (nanos % 1000 == 0) {
            appendDigits(text, nanos / 1000, 6);
        } else {
            appendDigits(text, nanos, 9);
        }
    }

    private static void appendDate(StringBuilder text, long days, String separator) {
        // Years begin in March, in eras of 400 years, as in java.time.LocalDate.
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        long dayOfEra = Math.floorMod(shifted, 146_097L);
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long marchMonth = (5 * dayOfYear + 2) / 153;
        long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        appendDigits(text, yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4);
        text.append(separator);
        appendDigits(text, month, 2);
        text.append(separator);
        appendDigits(text, dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2);
    }

    /** Appends a number of up to nine digits with zeros in front. */
    private static void appendDigits(StringBuilder text, long number, int digits) {
        long power = 1;
        for (int i = 1; i < digits; i++) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            text.append((char) ('0' + number / power % 10));
        }
    }
}
