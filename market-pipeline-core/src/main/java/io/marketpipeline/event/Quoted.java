package io.marketpipeline.event;

/** Foreign text made fit for a message: shortened, and without characters that forge lines or hide text. */
final class Quoted {
    private static final int MAX_VALUE = 48;
    private static final int MAX_SENTENCE = 160;

    private Quoted() {}

    /** A value in quotes. */
    static String of(String foreign) {
        String end = foreign.length() > MAX_VALUE ? "...' (" + foreign.length() + " characters)" : "'";
        return "'" + escaped(foreign, MAX_VALUE, "'\\") + end;
    }

    /** What a parser says, which quotes by itself. */
    static String sentence(String foreign) {
        return escaped(foreign, MAX_SENTENCE, "\\") + (foreign.length() > MAX_SENTENCE ? "..." : "");
    }

    private static String escaped(String foreign, int maxChars, String escapedToo) {
        StringBuilder out = new StringBuilder(Math.min(foreign.length(), maxChars) + 8);
        for (int i = 0; i < foreign.length() && i < maxChars; i++) {
            char c = foreign.charAt(i);
            if (c < 0x20 || c > 0x7E || escapedToo.indexOf(c) >= 0) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
