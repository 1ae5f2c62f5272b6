package io.marketpipeline.event;

import io.marketpipeline.text.Surrogates;
import org.jspecify.annotations.Nullable;

/** What a text may be that becomes a key, an attribute or a part of a log line. */
final class Texts {
    private Texts() {}

    /** What is wrong with a text; null where nothing is. Characters that DynamoDB, SQS or a log can't carry are refused. */
    static @Nullable String fault(String text, int maxChars) {
        if (text.length() > maxChars) {
            return "is longer than " + maxChars + " characters";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7F) {
                continue;
            }
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFFFE' || c == '\uFFFF') {
                return "has a control character";
            }
            if (Surrogates.isHalf(text, i)) {
                return "has half of a surrogate pair";
            }
        }
        return null;
    }
}
