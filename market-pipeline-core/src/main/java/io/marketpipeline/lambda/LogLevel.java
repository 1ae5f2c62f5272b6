package io.marketpipeline.lambda;

/** Severity of a log line; a level includes those before it. */
enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    boolean includes(LogLevel other) {
        return other.compareTo(this) <= 0;
    }
}
