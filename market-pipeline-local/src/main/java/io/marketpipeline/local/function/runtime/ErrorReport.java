package io.marketpipeline.local.function.runtime;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error as Lambda's Java runtime reports it: message, type, stack trace, cause. */
final class ErrorReport {
    private static final int DEEPEST_CAUSE = 8;

    private ErrorReport() {}

    static byte[] json(Throwable error) {
        return PlainJson.write(report(error, 0)).getBytes(StandardCharsets.UTF_8);
    }

    static String text(Throwable error) {
        StringWriter text = new StringWriter();
        text.append(error.getMessage() == null ? "" : error.getMessage() + ": ");
        text.append(error.getClass().getName()).append('\n');
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }

    private static Map<String, @Nullable Object> report(Throwable error, int depth) {
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("errorMessage", error.getMessage());
        report.put("errorType", error.getClass().getName());
        report.put(
                "stackTrace",
                Arrays.stream(error.getStackTrace())
                        .map(StackTraceElement::toString)
                        .toList());
        if (error.getCause() != null && depth < DEEPEST_CAUSE) {
            report.put("cause", report(error.getCause(), depth + 1));
        }
        return report;
    }
}
