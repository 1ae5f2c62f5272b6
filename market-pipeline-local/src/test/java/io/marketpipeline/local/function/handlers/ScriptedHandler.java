package io.marketpipeline.local.function.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/** A function that does what its event says; packed into a zip by the tests. Uses the JDK and the Lambda interfaces only. */
public final class ScriptedHandler implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        if (event.contains("\"fail\"") || event.contains("fail all")) {
            throw new IllegalStateException("told to fail");
        } else if (event.contains("\"exit\"")) {
            Runtime.getRuntime().halt(3);
        } else if (event.contains("\"hang\"")) {
            hang();
        } else if (event.contains("\"environment\"")) {
            write(output, "\"" + String.join(" ", new TreeSet<>(System.getenv().keySet())) + "\"");
            return;
        } else if (event.contains("\"say\"")) {
            System.out.println("plain line");
            context.getLogger().log("two\nlines");
        } else if (event.contains("\"context\"")) {
            write(
                    output,
                    "\"" + context.getFunctionName() + " " + context.getFunctionVersion() + " "
                            + context.getInvokedFunctionArn() + " " + context.getMemoryLimitInMB() + " "
                            + (context.getRemainingTimeInMillis() > 1000) + " "
                            + !context.getAwsRequestId().isEmpty() + "\"");
            return;
        }
        if (event.startsWith("{\"Records\"")) {
            write(output, "{\"batchItemFailures\":[" + failures(event) + "]}");
            return;
        }
        write(output, "{\"echo\":" + event + "}");
    }

    /** Names the messages of a queue's batch whose body says so. */
    private static String failures(String event) {
        StringBuilder failures = new StringBuilder();
        for (String record : event.split("\\{\"messageId\":\"", -1)) {
            if (record.contains("refuse me")) {
                failures.append(failures.isEmpty() ? "" : ",")
                        .append("{\"itemIdentifier\":\"")
                        .append(record, 0, record.indexOf('"'))
                        .append("\"}");
            }
        }
        return failures.toString();
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream output, String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
