package io.marketpipeline.wire;

/** Times as Signature Version 4 writes them; by hand, because the JDK's formatters are slow to load. */
final class AmzDate {
    private AmzDate() {}

    /**
     * A time as in {@code X-Amz-Date}: {@code 20150830T123600Z}.
     *
     * @param epochSecond from 1970 on
     */
    static String of(long epochSecond) {
        long days = epochSecond / 86_400;
        int second = (int) (epochSecond % 86_400);
        // Years begin in March, in eras of 400 years, as in java.time.LocalDate.
        long shifted = days + 719_468;
        long era = shifted / 146_097;
        int dayOfEra = (int) (shifted % 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        StringBuilder text = new StringBuilder(16);
        two(text, (int) (year / 100));
        two(text, (int) (year % 100));
        two(text, month);
        two(text, day);
        text.append('T');
        two(text, second / 3600);
        two(text, second / 60 % 60);
        two(text, second % 60);
        return text.append('Z').toString();
    }

    private static void two(StringBuilder text, int value) {
        text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
