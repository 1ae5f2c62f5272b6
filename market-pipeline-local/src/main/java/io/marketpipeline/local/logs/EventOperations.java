package io.marketpipeline.local.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Log events: put, get, filter. */
final class EventOperations {
    private static final int MOST_EVENTS = 10_000;
    private static final int LARGEST_PAGE = 1 << 20;
    private static final long OLDEST_MILLIS = Duration.ofDays(14).toMillis();
    private static final long NEWEST_MILLIS = Duration.ofHours(2).toMillis();

    private final LogStore store;
    private final EmbeddedMetrics metrics;

    EventOperations(LogStore store, EmbeddedMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    Map<String, Operation> operations() {
        return Map.of("PutLogEvents", this::put, "GetLogEvents", this::get, "FilterLogEvents", this::filter);
    }

    private JsonNode put(ObjectNode input, CallContext context) {
        LogGroup group = store.group(input);
        LogStream stream = LogStore.stream(group, input);
        JsonNode events = input.path("logEvents");
        if (events.isEmpty() || events.size() > MOST_EVENTS) {
            throw AwsError.of(
                    "InvalidParameterException",
                    "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have"
                            + " length between 1 and " + MOST_EVENTS);
        }
        long now = System.currentTimeMillis();
        long previous = Long.MIN_VALUE;
        for (JsonNode event : events) {
            long timestamp = event.path("timestamp").asLong();
            if (timestamp < previous) {
                throw AwsError.of(
                        "InvalidParameterException",
                        "Log events in a single PutLogEvents request must be in chronological order.");
            }
            previous = timestamp;
        }
        ObjectNode rejected = JsonNodeFactory.instance.objectNode();
        int position = 0;
        for (JsonNode event : events) {
            long timestamp = event.path("timestamp").asLong();
            if (timestamp < now - OLDEST_MILLIS) {
                rejected.put("tooOldLogEventEndIndex", position + 1);
            } else if (timestamp > now + NEWEST_MILLIS) {
                if (!rejected.has("tooNewLogEventStartIndex")) {
                    rejected.put("tooNewLogEventStartIndex", position);
                }
            } else {
                String message = event.path("message").asText();
                group.add(stream, timestamp, message, now);
                metrics.offer(message);
            }
            position++;
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("nextSequenceToken", "0");
        if (!rejected.isEmpty()) {
            output.set("rejectedLogEventsInfo", rejected);
        }
        return output;
    }

    /** Tokens hold a position: {@code f/} the next event to read forward, {@code b/} the one to read backward to. */
    private JsonNode get(ObjectNode input, CallContext context) {
        LogGroup group = store.group(input);
        LogStream stream = LogStore.stream(group, input);
        List<LogEvent> events = group.select(Set.of(stream.name()), from(input), exclusiveEnd(input), message -> true);
        int limit = Math.max(1, input.path("limit").asInt(MOST_EVENTS));
        String token = input.path("nextToken").asText();
        long position = token.matches("[fb]/[0-9]{1,18}") ? Long.parseLong(token.substring(2)) : -1;
        int first;
        int last;
        if (token.startsWith("b/")) {
            last = firstAtOrAfter(events, position);
            first = Math.max(0, last - limit);
        } else if (token.startsWith("f/")) {
            first = firstAtOrAfter(events, position);
            last = Math.min(events.size(), first + limit);
        } else if (input.path("startFromHead").asBoolean()) {
            first = 0;
            last = Math.min(events.size(), limit);
        } else {
            last = events.size();
            first = Math.max(0, last - limit);
        }
        List<LogEvent> page = events.subList(first, last);
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode list = output.putArray("events");
        page.forEach(event -> list.addObject()
                .put("timestamp", event.timestamp())
                .put("message", event.message())
                .put("ingestionTime", event.ingestionTime()));
        // At an end the API gives back the token that it was given.
        long start = Math.max(0, position);
        output.put(
                "nextForwardToken",
                token('f', page.isEmpty() ? start : page.get(page.size() - 1).id() + 1));
        output.put(
                "nextBackwardToken",
                token('b', page.isEmpty() ? start : page.get(0).id()));
        return output;
    }

    private JsonNode filter(ObjectNode input, CallContext context) {
        LogGroup group = store.group(input);
        Predicate<String> pattern = FilterPattern.of(input.path("filterPattern").asText());
        List<LogEvent> events = group.select(streams(group, input), from(input), inclusiveEnd(input), pattern);
        int from = position(events, input.path("nextToken").asText());
        int limit = Math.min(MOST_EVENTS, Math.max(1, input.path("limit").asInt(MOST_EVENTS)));
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode list = output.putArray("events");
        long bytes = 0;
        int next = from;
        while (next < events.size() && next - from < limit && bytes < LARGEST_PAGE) {
            LogEvent event = events.get(next++);
            bytes += event.size();
            list.addObject()
                    .put("logStreamName", event.stream())
                    .put("timestamp", event.timestamp())
                    .put("message", event.message())
                    .put("ingestionTime", event.ingestionTime())
                    .put("eventId", event.eventId());
        }
        output.putArray("searchedLogStreams");
        if (next < events.size()) {
            LogEvent following = events.get(next);
            output.put("nextToken", following.timestamp() + "/" + following.id());
        }
        return output;
    }

    /** The position that a token names: the first event that isn't before it, so that new events shift nothing. */
    private static int position(List<LogEvent> events, String token) {
        if (token.isEmpty()) {
            return 0;
        }
        if (!token.matches("[0-9]{1,18}/[0-9]{1,18}")) {
            throw AwsError.of("InvalidParameterException", "The specified nextToken is invalid.");
        }
        long timestamp = Long.parseLong(token.substring(0, token.indexOf('/')));
        long id = Long.parseLong(token.substring(token.indexOf('/') + 1));
        int position = 0;
        while (position < events.size() && before(events.get(position), timestamp, id)) {
            position++;
        }
        return position;
    }

    private static boolean before(LogEvent event, long timestamp, long id) {
        return event.timestamp() < timestamp || (event.timestamp() == timestamp && event.id() < id);
    }

    private static int firstAtOrAfter(List<LogEvent> events, long id) {
        int position = 0;
        while (position < events.size() && events.get(position).id() < id) {
            position++;
        }
        return position;
    }

    private static String token(char direction, long id) {
        return "%c/%018d".formatted(direction, id);
    }

    private static @Nullable Set<String> streams(LogGroup group, ObjectNode input) {
        Set<String> names = new TreeSet<>();
        input.path("logStreamNames").forEach(name -> names.add(name.asText()));
        String prefix = input.path("logStreamNamePrefix").asText();
        if (!prefix.isEmpty()) {
            return group.streams().keySet().stream()
                    .filter(name -> name.startsWith(prefix))
                    .collect(Collectors.toSet());
        }
        return names.isEmpty() ? null : names;
    }

    private static long from(ObjectNode input) {
        return input.path("startTime").asLong(0);
    }

    /** {@code GetLogEvents} leaves out events at its end time, {@code FilterLogEvents} takes them. */
    private static long exclusiveEnd(ObjectNode input) {
        return input.path("endTime").asLong(Long.MAX_VALUE);
    }

    private static long inclusiveEnd(ObjectNode input) {
        long end = exclusiveEnd(input);
        return end == Long.MAX_VALUE ? end : end + 1;
    }
}
