package io.marketpipeline.maven.output;

import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * Where goals write. Lines stay; a status is one line that the next status or line replaces, on terminals only.
 * Thread-safe: each call is written whole.
 */
public final class Console {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final int WIDTH = 110;

    private final Consumer<String> lines;
    private final Consumer<String> warnings;
    private final PrintStream out;
    private final boolean terminal;
    private final boolean colour;
    private boolean statusShown;

    private Console(
            Consumer<String> lines, Consumer<String> warnings, PrintStream out, boolean terminal, boolean colour) {
        this.lines = lines;
        this.warnings = warnings;
        this.out = out;
        this.terminal = terminal;
        this.colour = colour;
    }

    /**
     * A console over a log.
     *
     * @param lines takes each line, without its end
     * @param warnings takes each warning
     * @param out takes results and, on a terminal, the redrawn status
     * @param terminal whether {@code out} is one that a person looks at
     * @param colour whether marks become colours; only on a terminal
     */
    public static Console of(
            Consumer<String> lines, Consumer<String> warnings, PrintStream out, boolean terminal, boolean colour) {
        return new Console(lines, warnings, out, terminal, terminal && colour);
    }

    /** Writes a line, or several where the text has line ends. */
    public synchronized void line(String text) {
        clearStatus();
        text.lines().map(this::shown).forEach(lines);
        if (text.isEmpty()) {
            lines.accept("");
        }
    }

    /** Writes a warning. */
    public synchronized void warn(String text) {
        clearStatus();
        text.lines().map(this::shown).forEach(warnings);
    }

    /** Writes what the user asked for, such as JSON, as it is and without any log prefix, so that it can be piped. */
    public synchronized void result(String text) {
        clearStatus();
        out.println(text);
        out.flush();
    }

    /** Shows one transient line in the place of the one before; nothing where no terminal is. */
    public synchronized void status(String text) {
        if (terminal) {
            String shown = Visible.of(text);
            out.print(CLEAR_LINE + (shown.length() > WIDTH ? shown.substring(0, WIDTH - 1) + "…" : shown));
            out.flush();
            statusShown = true;
        }
    }

    /** Writes a question and leaves the cursor behind it; the answer is the caller's to read. */
    public synchronized void question(String text) {
        clearStatus();
        out.print(text);
        out.flush();
    }

    /** Whether a person looks at it, so that redrawing makes sense. */
    public boolean terminal() {
        return terminal;
    }

    /** The text in the mark's colour, or as it is where there are no colours. */
    public String mark(Mark mark, String text) {
        return colour ? mark.apply(text) : text;
    }

    /** Of what commands a terminal only the colours of the marks pass, and those only where there are any. */
    private String shown(String line) {
        return colour ? Visible.coloured(line) : Visible.of(line);
    }

    private void clearStatus() {
        if (statusShown) {
            out.print(CLEAR_LINE);
            out.flush();
            statusShown = false;
        }
    }
}
