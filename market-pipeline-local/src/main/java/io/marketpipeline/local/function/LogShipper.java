package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers log lines of all function processes and sends them to CloudWatch Logs, one call a stream. As in Lambda, a log
 * group or stream that isn't there is made. Thread-safe.
 */
final class LogShipper {
    private static final int MOST_LINES = 10_000;

    /** Where a process logs to. */
    record Destination(String group, String stream) {}

    private record Line(long timestamp, String text) {}

    private final ServiceCalls calls;
    private final Set<Destination> known = new HashSet<>();
    private Map<Destination, List<Line>> gathered = new LinkedHashMap<>();

    LogShipper(ServiceCalls calls) {
        this.calls = calls;
    }

    synchronized void add(Destination destination, String text) {
        gathered.computeIfAbsent(destination, unseen -> new ArrayList<>())
                .add(new Line(System.currentTimeMillis(), text));
    }

    /** Sends what was gathered since the last call. */
    void flush() {
        Map<Destination, List<Line>> batch;
        synchronized (this) {
            batch = gathered;
            gathered = new LinkedHashMap<>();
        }
        batch.forEach(this::send);
    }

    private void send(Destination destination, List<Line> lines) {
        for (int from = 0; from < lines.size(); from += MOST_LINES) {
            List<Line> part = lines.subList(from, Math.min(lines.size(), from + MOST_LINES));
            try {
                make(destination, false);
                put(destination, part);
            } catch (AwsError e) {
                make(destination, true);
                attempt("PutLogEvents", input(destination, part));
            }
        }
    }

    private void put(Destination destination, List<Line> lines) {
        calls.call("logs", "PutLogEvents", input(destination, lines));
    }

    private static ObjectNode input(Destination destination, List<Line> lines) {
        ObjectNode input = named(destination);
        ArrayNode events = input.putArray("logEvents");
        lines.forEach(
                line -> events.addObject().put("timestamp", line.timestamp()).put("message", line.text()));
        return input;
    }

    private void make(Destination destination, boolean again) {
        synchronized (known) {
            if (!known.add(destination) && !again) {
                return;
            }
        }
        ObjectNode group = JsonNodeFactory.instance.objectNode();
        attempt("CreateLogGroup", group.put("logGroupName", destination.group()));
        attempt("CreateLogStream", named(destination));
    }

    /** Calls an operation whose failure (mostly: it exists already) must not stop the function. */
    private void attempt(String operation, ObjectNode input) {
        try {
            calls.call("logs", operation, input);
        } catch (AwsError e) {
            // Exists already, or logs can't take it: a function runs on without its log.
        }
    }

    private static ObjectNode named(Destination destination) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("logGroupName", destination.group())
                .put("logStreamName", destination.stream());
    }
}
