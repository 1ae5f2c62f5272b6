package io.marketpipeline.local.function.runtime;

import java.io.PrintStream;

/**
 * What the loop itself writes to standard output, between the function's own lines. A line that begins with
 * {@link #CONTROL} is the loop's: a message of several lines that must stay one log event, or the end of an invocation,
 * behind which the platform's own lines belong. Safe for use by several threads.
 */
public final class FunctionOutput {
    /** First character of the loop's own lines: the record separator, which no text log contains. */
    public static final char CONTROL = '\u001e';

    /** Second character: the rest of the line is the id of the request that ended. */
    public static final char END = 'E';

    /** Second character: the rest of the line is one message. */
    public static final char MESSAGE = 'M';

    /** Stands for a line feed inside a message: the unit separator. */
    public static final char LINE_FEED = '\u001f';

    private final PrintStream out;

    /** Writes to the process's standard output. */
    public FunctionOutput(PrintStream out) {
        this.out = out;
    }

    /** Writes a message, which may have several lines, as one. */
    public void message(String text) {
        // Whoever reads takes a lone carriage return for a line's end, behind which the text could pose as another
        // line.
        out.println(CONTROL
                + ""
                + MESSAGE
                + text.replace("\r\n", "\n").replace('\r', LINE_FEED).replace('\n', LINE_FEED));
    }

    /** Marks the end of an invocation. */
    public void end(String requestId) {
        out.println(CONTROL + "" + END + requestId);
    }
}
