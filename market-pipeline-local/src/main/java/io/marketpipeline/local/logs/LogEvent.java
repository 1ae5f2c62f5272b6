package io.marketpipeline.local.logs;

/**
 * One event. Immutable.
 *
 * @param id rises with each event that is taken
 * @param timestamp milliseconds since the epoch, from the sender
 * @param ingestionTime milliseconds since the epoch, from here
 */
record LogEvent(long id, String stream, long timestamp, long ingestionTime, String message) {
    /** What an event costs beside its message, in bytes, as CloudWatch Logs counts. */
    private static final int OVERHEAD = 26;

    long size() {
        return message.length() + (long) OVERHEAD;
    }

    /** The id in the length that CloudWatch Logs gives it: 56 digits. */
    String eventId() {
        return "%056d".formatted(id);
    }
}
