package io.marketpipeline.deadletter;

/**
 * Text that SQS carries: {@code #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF} (SQS API
 * reference, SendMessage).
 */
final class SqsText {
    private SqsText() {}

    static boolean isCarried(String text) {
        return text.codePoints().allMatch(SqsText::isCarried);
    }

    /** The text with whatever isn't carried replaced, cut after a number of characters. */
    static String carried(String text, int maxChars) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), maxChars));
        text.codePoints().limit(maxChars).forEach(c -> out.appendCodePoint(isCarried(c) ? c : '\uFFFD'));
        return out.toString();
    }

    private static boolean isCarried(int c) {
        return (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000
                || c == 0x9
                || c == 0xA
                || c == 0xD;
    }
}
