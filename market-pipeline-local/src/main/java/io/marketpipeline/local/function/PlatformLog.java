package io.marketpipeline.local.function;

import java.time.Instant;
import java.util.Locale;

/**
 * How the platform's own lines look: as text, as JSON, or not at all (JSON with a system log level above INFO). The
 * shapes are those in the Lambda developer guide, "Working with Lambda function logs".
 */
enum PlatformLog {
    TEXT,
    JSON,
    NONE;

    /** The line before an invocation; empty where there is none. */
    String start(String requestId, String version) {
        return switch (this) {
            case TEXT -> "START RequestId: " + requestId + " Version: " + version;
            case JSON -> event("platform.start", "\"requestId\":\"" + requestId + "\",\"version\":\"" + version + "\"");
            case NONE -> "";
        };
    }

    /** The line or lines behind an invocation. */
    String[] report(String requestId, Report report) {
        return switch (this) {
            case TEXT -> new String[] {"END RequestId: " + requestId, text(requestId, report)};
            case JSON -> new String[] {event("platform.report", json(requestId, report))};
            case NONE -> new String[0];
        };
    }

    /**
     * What is measured of one invocation.
     *
     * @param millis how long the handler took
     * @param initMillis how long the process took to start, 0 unless it was its first invocation
     * @param memory MB given
     * @param used MB used at most, 0 where unknown
     * @param success whether the function answered
     */
    record Report(double millis, double initMillis, int memory, long used, boolean success) {}

    private static String text(String requestId, Report report) {
        String line = String.format(
                Locale.ROOT,
                "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB\tMax Memory Used: %d MB\t",
                requestId,
                report.millis(),
                billed(report),
                report.memory(),
                report.used());
        return report.initMillis() == 0
                ? line
                : line + String.format(Locale.ROOT, "Init Duration: %.2f ms\t", report.initMillis());
    }

    private static String json(String requestId, Report report) {
        String init = report.initMillis() == 0
                ? ""
                : String.format(Locale.ROOT, ",\"initDurationMs\":%.3f", report.initMillis());
        return String.format(
                Locale.ROOT,
                "\"requestId\":\"%s\",\"metrics\":{\"durationMs\":%.3f,\"billedDurationMs\":%d,\"memorySizeMB\":%d,"
                        + "\"maxMemoryUsedMB\":%d%s},\"status\":\"%s\"",
                requestId,
                report.millis(),
                billed(report),
                report.memory(),
                report.used(),
                init,
                report.success() ? "success" : "error");
    }

    private static long billed(Report report) {
        return Math.max(1, (long) Math.ceil(report.millis() + report.initMillis()));
    }

    private static String event(String type, String record) {
        return "{\"time\":\"" + Instant.now() + "\",\"type\":\"" + type + "\",\"record\":{" + record + "}}";
    }
}
