package io.marketpipeline.text;

/**
 * Halves of surrogate pairs, which a text may hold in Java and UTF-8 can't carry. Encoders make different things of them, so
 * that what is read back wouldn't have the hash of what was written.
 */
public final class Surrogates {
    private Surrogates() {}

    /** Whether there is half of a pair at a place, without the other. */
    public static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** The text with U+FFFD for each half; the text itself where it has none. */
    public static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHalf(text, i)) {
                return replaced(text, i);
            }
        }
        return text;
    }

    private static String replaced(String text, int from) {
        StringBuilder whole = new StringBuilder(text);
        for (int i = from; i < text.length(); i++) {
            if (isHalf(text, i)) {
                whole.setCharAt(i, '\uFFFD');
            }
        }
        return whole.toString();
    }

    /** The first characters of a text, one less where the last would be divided. */
    public static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        boolean divided = maxChars > 0
                && Character.isHighSurrogate(text.charAt(maxChars - 1))
                && Character.isLowSurrogate(text.charAt(maxChars));
        return text.substring(0, divided ? maxChars - 1 : maxChars);
    }
}
