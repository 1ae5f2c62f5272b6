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

    FunctionOutput(PrintStream out) {
        this.out = out;
    }

    void message(String text) {
        out.println(CONTROL + "" + MESSAGE + text.replace("\r\n", "\n").replace('\n', LINE_FEED));
    }

    void end(String requestId) {
        out.println(CONTROL + "" + END + requestId);
    }
}
