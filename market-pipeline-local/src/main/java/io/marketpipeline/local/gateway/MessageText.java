package io.marketpipeline.local.gateway;

import java.util.regex.Pattern;

/** What SQS takes as text; it refuses a message with any other character ("SendMessage" in its API reference). */
public final class MessageText {
    private static final Pattern REFUSED =
            Pattern.compile("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private MessageText() {}

    /** The text with a question mark for each character that SQS refuses. */
    public static String permitted(String text) {
        return REFUSED.matcher(text).replaceAll("?");
    }
}
