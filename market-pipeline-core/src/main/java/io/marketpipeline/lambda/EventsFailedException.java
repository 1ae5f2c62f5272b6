package io.marketpipeline.lambda;

import io.marketpipeline.processor.ProcessingOutcome;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Thrown when events of an invocation failed, so that the platform tries again; the others are done and will be told as
 * such by the next try. Names the events. Without stack trace: the log has each failure's own.
 */
public final class EventsFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Lambda hands the first KB of the message to the dead-letter queue. */
    private static final int MAX_CHARS = 1000;

    private static final Pattern LINE_BREAKING = Pattern.compile("[\\p{Cntrl}\\x85\\u2028\\u2029]");

    EventsFailedException(int events, List<ProcessingOutcome.Failed> failures) {
        super(message(events, failures), null, false, false);
    }

    private static String message(int events, List<ProcessingOutcome.Failed> failures) {
        String message = failures.stream()
                .map(failed -> failed.eventId() + " (" + failed.message() + ")")
                .collect(Collectors.joining(", ", failures.size() + " of " + events + " events failed: ", ""));
        String whole = message.length() > MAX_CHARS ? message.substring(0, MAX_CHARS) : message;
        // The runtime writes it to the log as it is; a user's hook may have quoted an event in it.
        return LINE_BREAKING.matcher(whole).replaceAll(" ");
    }
}
