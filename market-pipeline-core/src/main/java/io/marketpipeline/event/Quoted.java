package io.marketpipeline.event;

/** Foreign text made fit for a message: quoted, shortened, and without characters that forge lines or hide text. */
final class Quoted {
    private static final int MAX_CHARS = 48;

    private Quoted() {}

    static String of(String foreign) {
        StringBuilder out = new StringBuilder(Math.min(foreign.length(), MAX_CHARS) + 8).append('\'');
        for (int i = 0; i < foreign.length() && i < MAX_CHARS; i++) {
            char c = foreign.charAt(i);
            if (c < 0x20 || c > 0x7E || c == '\'' || c == '\\') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append(foreign.length() > MAX_CHARS ? "...' (" + foreign.length() + " characters)" : "'")
                .toString();
    }
}
