package io.marketpipeline.maven.output;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Foreign text made fit for a line: what comes from files, tables and queues must neither end a line, begin one of its own,
 * command a terminal nor hide what it says.
 */
public final class Visible {
    /** No other: text can be concealed by one. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[(?:0|1|2|31|32|33)m");

    private Visible() {}

    /**
     * The text with each control, line-ending or direction-changing character written as its code; a tab stays. In JSON that
     * is the same JSON.
     */
    public static String of(String text) {
        int first = 0;
        while (first < text.length() && !hides(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (hides(c)) {
                visible.append(String.format("\\u%04x", (int) c));
            } else {
                visible.append(c);
            }
        }
        return visible.toString();
    }

    /** The same for each line of a text whose line ends are meant, as those between the fields of JSON are. */
    public static String lines(String text) {
        return text.lines().map(Visible::of).collect(Collectors.joining("\n"));
    }

    /** The same, cut after a number of characters. */
    public static String of(String text, int maxChars) {
        return text.length() <= maxChars ? of(text) : of(text.substring(0, maxChars)) + "...";
    }

    /** The same, but the colours of {@link Mark} pass. */
    static String coloured(String text) {
        if (text.indexOf('\u001b') < 0) {
            return of(text);
        }
        StringBuilder shown = new StringBuilder();
        Matcher colours = COLOUR.matcher(text);
        int end = 0;
        while (colours.find()) {
            shown.append(of(text.substring(end, colours.start()))).append(colours.group());
            end = colours.end();
        }
        return shown.append(of(text.substring(end))).toString();
    }

    static boolean hides(char c) {
        return (Character.isISOControl(c) && c != '\t')
                || (c >= '\u2028' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\u200E'
                || c == '\u200F'
                || c == '\uFEFF';
    }
}
