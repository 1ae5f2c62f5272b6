package io.marketpipeline.wire;

import io.marketpipeline.text.IsoTime;

/** Times as Signature Version 4 writes them. */
final class AmzDate {
    private AmzDate() {}

    /**
     * A time as in {@code X-Amz-Date}: {@code 20150830T123600Z}.
     *
     * @param epochSecond from 1970 on
     */
    static String of(long epochSecond) {
        long second = epochSecond % 86_400;
        StringBuilder text = new StringBuilder(16);
        IsoTime.appendDate(text, epochSecond / 86_400, "");
        text.append('T');
        IsoTime.appendDigits(text, second / 3600, 2);
        IsoTime.appendDigits(text, second / 60 % 60, 2);
        IsoTime.appendDigits(text, second % 60, 2);
        return text.append('Z').toString();
    }
}
