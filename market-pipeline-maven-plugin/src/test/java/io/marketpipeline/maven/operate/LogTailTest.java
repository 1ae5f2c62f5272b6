package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

class LogTailTest {
    private final FakeLogs logs = new FakeLogs();
    private final Lines lines = new Lines();

    @Test
    void linesOfAllPagesArePrintedInTimeOrder() {
        logs.add("2", 2000, "second\n");
        logs.add("1", 1000, "first");
        logs.add("3", 3000, "third");

        assertThat(tail(duration -> {}).print(Instant.EPOCH, null)).isEqualTo(3);
        assertThat(lines.results())
                .containsExactly(
                        "1970-01-01T00:00:01Z first", "1970-01-01T00:00:02Z second", "1970-01-01T00:00:03Z third");
    }

    @Test
    void lineThatForgesAnotherStaysWithinItsOwn() {
        logs.add("1", 1000, "error: A\u001b[2K\r1970-01-01T00:00:09Z forged\n1970-01-01T00:00:09Z forged\u2028x");

        tail(duration -> {}).print(Instant.EPOCH, null);

        assertThat(lines.results())
                .containsExactly(
                        "1970-01-01T00:00:01Z error: A\\u001b[2K",
                        "    1970-01-01T00:00:09Z forged",
                        "    1970-01-01T00:00:09Z forged\\u2028x");
    }

    @Test
    void followingPrintsEachLineOnceAndLateOnesToo() {
        logs.add("1", 100_000, "first");
        List<Runnable> meanwhile = new ArrayList<>(
                List.of(() -> logs.add("2", 101_000, "second"), () -> logs.add("late", 99_000, "late")));
        LogTail tail = tail(duration -> {
            if (meanwhile.isEmpty()) {
                throw new InterruptedException();
            }
            meanwhile.remove(0).run();
        });

        assertThatThrownBy(() -> tail.follow(Instant.EPOCH, null)).isInstanceOf(InterruptedException.class);
        assertThat(lines.results())
                .extracting(line -> line.substring(line.indexOf(' ') + 1))
                .containsExactly("first", "second", "late");
    }

    private LogTail tail(Arrivals.Pause pause) {
        return new LogTail(logs, "group", lines.console, pause);
    }

    /** Gives two lines a page, those of a page in any order. */
    private static final class FakeLogs implements CloudWatchLogsClient {
        private final List<FilteredLogEvent> events = new ArrayList<>();

        void add(String id, long timestamp, String message) {
            events.add(FilteredLogEvent.builder()
                    .eventId(id)
                    .timestamp(timestamp)
                    .message(message)
                    .build());
        }

        @Override
        public FilterLogEventsResponse filterLogEvents(FilterLogEventsRequest request) {
            List<FilteredLogEvent> found = events.stream()
                    .filter(event -> event.timestamp() >= request.startTime())
                    .toList();
            int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
            int to = Math.min(from + 2, found.size());
            return FilterLogEventsResponse.builder()
                    .events(found.subList(from, to))
                    .nextToken(to < found.size() ? "" + to : null)
                    .build();
        }

        @Override
        public String serviceName() {
            return "logs";
        }

        @Override
        public void close() {}
    }
}
