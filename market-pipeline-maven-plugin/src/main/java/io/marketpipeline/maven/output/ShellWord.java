package io.marketpipeline.maven.output;

import java.util.regex.Pattern;

/** Foreign text as one word of a command that a user may copy into a shell. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellWord() {}

    /** The text as it is where a shell reads it so, else in quotes that a POSIX shell looks into for nothing. */
    public static String of(String text) {
        String visible = Visible.of(text);
        return PLAIN.matcher(visible).matches() ? visible : "'" + visible.replace("'", "'\\''") + "'";
    }
}
