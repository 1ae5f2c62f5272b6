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
        Bytes text = new Bytes(32);
        second(text, time.getEpochSecond(), "-", ":");
        fraction(text, time.getNano());
        return text.ascii('Z').toString();
    }

    /**
     * A time in the basic format, such as {@code 20260102T143000Z}.
     *
     * @param epochSecond from year 0 to 9999
     */
    public static String basic(long epochSecond) {
        Bytes text = new Bytes(16);
        second(text, epochSecond, "", "");
        return text.ascii('Z').toString();
    }

    private static void second(Bytes text, long epochSecond, String ofDate, String ofTime) {
        int second = (int) Math.floorMod(epochSecond, (long) DAY);
        date(text, (int) Math.floorDiv(epochSecond, (long) DAY), ofDate);
        text.ascii('T').digits(second / 3600, 2).ascii(ofTime);
        text.digits(second / 60 % 60, 2).ascii(ofTime).digits(second % 60, 2);
    }

    private static void fraction(Bytes text, int nanos) {
        if (nanos == 0) {
            return;
        }
        text.ascii('.');
        if (nanos % 1_000_000 == 0) {
            text.digits(nanos / 1_000_000, 3);
        } else if (nanos % 1000 == 0) {
            text.digits(nanos / 1000, 6);
        } else {
            text.digits(nanos, 9);
        }
    }

    private static void date(Bytes text, int days, String separator) {
        // Years begin in March, in eras of 400 years, as in java.time.LocalDate.
        int shifted = days + 719_468;
        int era = Math.floorDiv(shifted, 146_097);
        int dayOfEra = Math.floorMod(shifted, 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        text.digits(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4).ascii(separator);
        text.digits(month, 2).ascii(separator).digits(dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2);
    }
}
