package io.marketpipeline.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.audit.InMemoryAuditTrail;
import io.marketpipeline.deadletter.InMemoryDeadLetters;
import io.marketpipeline.processor.MarketEventProcessor;
import io.marketpipeline.processor.ProcessorParts;
import io.marketpipeline.store.InMemoryMarketDataStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A megabyte that is made to hurt is refused by name, at the cost of its length: the bounds are of memory taken and of stack,
 * which a busy machine doesn't change.
 */
class HostilePayloadTest {
    private static final int SIZE = 1 << 20;

    /** Of the bus, as long as all take it. */
    private static final int ENTRY = 255 << 10;

    /** Far below what a parser needs that calls itself for each level. */
    private static final int SMALL_STACK = 256 << 10;

    /** Most are below 25; the parser's table of names, which grows where they collide, takes 120. */
    private static final int TIMES_ITS_LENGTH = 160;

    private static final int BESIDES = 2 << 20;

    /** Characters of answer and log. */
    private static final int MOST_SAID = 40_000;

    static Stream<Arguments> payloads() {
        return Stream.of(
                hostile("arrays without end", "malformed", "[".repeat(SIZE)),
                hostile("objects without end", "malformed", "{\"a\":".repeat(SIZE / 5)),
                hostile("arrays in arrays", "malformed", "[".repeat(SIZE / 2) + "]".repeat(SIZE / 2)),
                hostile("a detail of arrays without end", "malformed", detail("\"a\":" + "[".repeat(SIZE))),
                hostile("a detail of arrays in arrays", "malformed", detail("\"a\":" + nested("[", "]", SIZE / 2))),
                hostile(
                        "a detail of objects in objects",
                        "malformed",
                        detail("\"a\":" + nested("{\"a\":", "}", SIZE / 6))),
                hostile("a detail nested deeper than events are", "malformed", detail("\"a\":" + nested("[", "]", 40))),
                hostile("an exponent", "invalid_price", price("1e999999999")),
                hostile("an exponent that is no number itself", "invalid_price", price("1e" + "9".repeat(SIZE))),
                hostile("a small exponent", "invalid_price", price("1e-999999999")),
                hostile("a million digits", "invalid_price", price("1".repeat(SIZE))),
                hostile("a million digits behind the point", "invalid_price", price("0." + "1".repeat(SIZE))),
                hostile("a million digits in a text", "invalid_price", price("\"" + "1".repeat(SIZE) + "\"")),
                hostile("a million zeros", "malformed", price("0".repeat(SIZE))),
                hostile("a name that is there twice", "duplicate_field", price("1,\"price\":2")),
                hostile(
                        "a name that is there a hundred thousand times",
                        "duplicate_field",
                        price("1" + ",\"price\":2".repeat(SIZE / 10))),
                hostile("names with one hash", "missing_price", detail(colliding())),
                hostile("names without end", "missing_price", detail(fields(SIZE / 12))),
                hostile("half a character", "invalid_symbol", symbol("\\ud800")),
                hostile("half characters", "invalid_symbol", symbol("\\ud800".repeat(SIZE / 6))),
                hostile("NUL", "invalid_symbol", symbol("\\u0000")),
                hostile("NULs", "invalid_symbol", symbol("\\u0000".repeat(SIZE / 6))),
                hostile("raw NULs", "malformed", "\u0000".repeat(SIZE)),
                hostile(
                        "a text without end",
                        "malformed",
                        symbol("x".repeat(SIZE)).substring(0, SIZE)),
                hostile("backslashes", "invalid_symbol", symbol("\\\\".repeat(SIZE / 2))),
                hostile("line ends and commands", "invalid_symbol", symbol("\\n\\u2028\\u001b[2J".repeat(SIZE / 20))),
                hostile("blanks", "missing_price", detail(" ".repeat(SIZE) + "\"a\":1")),
                hostile("commas", "malformed", detail("\"a\":[" + ",".repeat(SIZE))),
                hostile("a pack of a hundred thousand zeros", "too_many_events", pack("0", ENTRY / 2)),
                hostile("a pack of half a million zeros", "too_many_events", pack("0", SIZE / 2)),
                hostile("a pack of objects", "too_many_events", pack("{}", ENTRY / 3)),
                hostile("a pack of packs", "too_many_events", pack(pack("0", 2), ENTRY / 100)),
                hostile(
                        "a pack that ends as none",
                        "malformed",
                        pack("0", SIZE / 2).replace("]}}", ",}}")),
                hostile("bytes that are no text", "malformed", new String(new char[SIZE]).replace('\0', '\u00ff')));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void payloadIsRefusedByNameWithinItsBounds(String name, String reason, byte[] payload) throws Exception {
        handled(payload);
        Handled handled = handled(payload);

        assertThat(handled.answer()).contains("\"outcome\":\"REJECTED\"", "\"reason\":\"" + reason + "\"");
        assertThat(handled.records()).isEqualTo(1);
        assertThat(handled.letters()).isEqualTo(1);
        assertThat(handled.answer().length() + handled.log().length()).isLessThan(MOST_SAID);
        assertThat(handled.allocated()).isLessThan((long) TIMES_ITS_LENGTH * payload.length + BESIDES);
    }

    private record Handled(String answer, String log, int records, int letters, long allocated) {}

    /** In a thread with a small stack. */
    private static Handled handled(byte[] payload) throws InterruptedException {
        AtomicReference<Handled> handled = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, () -> handled.set(handle(payload)), "small-stack", SMALL_STACK);
        thread.setUncaughtExceptionHandler((any, e) -> failure.set(e));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
        return handled.get();
    }

    private static Handled handle(byte[] payload) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<String> lines = new ArrayList<>();
        AuditChain chain = new AuditChain();
        InMemoryAuditTrail audit = new InMemoryAuditTrail();
        InMemoryDeadLetters deadLetters = new InMemoryDeadLetters();
        MarketPipelineHandler handler = new MarketPipelineHandler(
                ProcessorParts.builder(new InMemoryMarketDataStore(), chain.over(audit), deadLetters),
                chain,
                LogLevel.DEBUG,
                new LineWriter(line -> lines.add(line.toString())),
                MarketEventProcessor::new);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            handler.handleRequest(new ByteArrayInputStream(payload), answer, new FakeContext("hostile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        return new Handled(
                answer.toString(UTF_8),
                String.join("\n", lines),
                audit.records().size(),
                deadLetters.letters().size(),
                allocated);
    }

    private static Arguments hostile(String name, String reason, String payload) {
        return Arguments.of(name, reason, payload.getBytes(UTF_8));
    }

    private static String nested(String open, String close, int depth) {
        return open.repeat(depth) + (open.endsWith(":") ? "1" : "") + close.repeat(depth);
    }

    private static String price(String value) {
        return detail("\"price\":" + value);
    }

    private static String symbol(String value) {
        return envelope("\"event_id\":\"e\",\"exchange\":\"XNYS\",\"price\":1,\"symbol\":\"" + value + "\"");
    }

    private static String detail(String members) {
        return envelope("\"event_id\":\"e\",\"exchange\":\"XNYS\",\"symbol\":\"BAC\"," + members);
    }

    private static String pack(String event, int count) {
        return envelope("\"events\":[" + String.join(",", Collections.nCopies(count, event)) + "]");
    }

    private static String envelope(String members) {
        return "{\"id\":\"i\",\"source\":\"market.data\",\"detail-type\":\"Price Update\",\"time\":\"2026-01-02T14:30:00Z\","
                + "\"detail\":{" + members + "}}";
    }

    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));
    }

    /** "Aa" and "BB" have one hash in Java, and so have all texts made of so many of them. */
    private static String colliding() {
        return IntStream.range(0, 1 << 14)
                .mapToObj(i -> IntStream.range(0, 14)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "\"", "\":1")))
                .collect(Collectors.joining(","));
    }
}
