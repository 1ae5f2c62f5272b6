package io.marketpipeline.maven.output;

/** How a piece of text is shown on a terminal; plain elsewhere. */
public enum Mark {
    GOOD("32"),
    BAD("31"),
    CAUTION("33"),
    FAINT("2"),
    STRONG("1");

    private final String code;

    Mark(String code) {
        this.code = code;
    }

    String apply(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
