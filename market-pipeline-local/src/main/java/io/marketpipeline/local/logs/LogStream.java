package io.marketpipeline.local.logs;

/** A log stream: its dates. Its events are with its group. Thread-safe. */
final class LogStream {
    private final String name;
    private final String arn;
    private final long created = System.currentTimeMillis();
    private long first;
    private long last;
    private long lastIngested;

    LogStream(String name, String arn) {
        this.name = name;
        this.arn = arn;
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    long created() {
        return created;
    }

    synchronized void took(LogEvent event) {
        first = first == 0 ? event.timestamp() : Math.min(first, event.timestamp());
        last = Math.max(last, event.timestamp());
        lastIngested = event.ingestionTime();
    }

    /** Timestamp of the first event in milliseconds; 0 for none. */
    synchronized long first() {
        return first;
    }

    synchronized long last() {
        return last;
    }

    synchronized long lastIngested() {
        return lastIngested;
    }
}
