package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Visible;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/**
 * Prints a log group's lines in time order, and new ones as they come. Lines are told apart by their event id, since
 * CloudWatch takes some seconds to show a line and may then show it between those seen before. For one thread, one use.
 */
final class LogTail {
    private static final Duration POLL = Duration.ofSeconds(2);
    /** How far behind the newest line late ones are still looked for. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private static final int REMEMBERED = 100_000;

    private final CloudWatchLogsClient client;
    private final String group;
    private final Console console;
    private final Arrivals.Pause pause;
    private final Set<String> seen = new HashSet<>();

    LogTail(CloudWatchLogsClient client, String group, Console console, Arrivals.Pause pause) {
        this.client = client;
        this.group = group;
        this.console = console;
        this.pause = pause;
    }

    /**
     * Prints what is there and returns how many lines that was.
     *
     * @param filter CloudWatch filter pattern; null for all lines
     */
    int print(Instant since, @Nullable String filter) {
        return printFrom(since.toEpochMilli(), filter).count();
    }

    /** Prints what is there and what comes, until the thread is interrupted. */
    void follow(Instant since, @Nullable String filter) throws InterruptedException {
        long from = since.toEpochMilli();
        while (true) {
            Printed printed = printFrom(from, filter);
            from = Math.max(from, printed.newest() - LATE.toMillis());
            if (seen.size() > REMEMBERED) {
                seen.clear();
                from = printed.newest() + 1;
            }
            pause.pause(POLL);
        }
    }

    private Printed printFrom(long from, @Nullable String filter) {
        Map<String, FilteredLogEvent> fresh = new LinkedHashMap<>();
        String token = null;
        int count = 0;
        long newest = 0;
        do {
            String page = token;
            FilterLogEventsResponse response = client.filterLogEvents(request -> request.logGroupName(group)
                    .startTime(from)
                    .filterPattern(filter)
                    .nextToken(page));
            for (FilteredLogEvent event : response.events()) {
                newest = Math.max(newest, event.timestamp());
                if (seen.add(event.eventId())) {
                    fresh.put(event.eventId(), event);
                }
            }
            count += show(fresh);
            token = response.nextToken();
        } while (token != null && !token.isEmpty());
        return new Printed(count, Math.max(newest, from));
    }

    private int show(Map<String, FilteredLogEvent> fresh) {
        fresh.values().stream()
                .sorted(java.util.Comparator.comparing(FilteredLogEvent::timestamp))
                .forEach(event -> console.result(line(event)));
        int count = fresh.size();
        fresh.clear();
        return count;
    }

    /** Further lines of an event are indented, so that none of them looks like an event of its own. */
    private static String line(FilteredLogEvent event) {
        return event.message()
                .stripTrailing()
                .lines()
                .map(Visible::of)
                .collect(Collectors.joining("\n    ", Instant.ofEpochMilli(event.timestamp()) + " ", ""));
    }

    private record Printed(int count, long newest) {}
}
