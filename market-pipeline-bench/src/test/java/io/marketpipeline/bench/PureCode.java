package io.marketpipeline.bench;

import io.marketpipeline.event.DecodedEvent;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.event.EventDecoder;
import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.schema.AttributeWriter;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.store.MarketDataRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Decode, validate, map: from an envelope's bytes to the row that is to be written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PureCode {
    private final EventDecoder decoder = EventDecoder.ofDefaults();
    private List<byte[]> ticks = List.of();
    private int next;

    /** Reads the ticks that system property {@code bench.ticks} names. */
    @Setup
    public void read() throws IOException {
        ticks = Files.readAllLines(Path.of(System.getProperty("bench.ticks")), StandardCharsets.UTF_8).stream()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** One event, up to the last attribute of its row. */
    @Benchmark
    public void decodeValidateMap(Blackhole hole) {
        row(event(), "").writeTo(new Sink(hole));
    }

    /** The same with the hash of the detail's bytes, which the row carries, too. */
    @Benchmark
    public void decodeValidateMapHash(Blackhole hole) {
        MarketEvent event = event();
        row(event, event.rawData().sha256()).writeTo(new Sink(hole));
    }

    private MarketEvent event() {
        next = next + 1 == ticks.size() ? 0 : next + 1;
        DecodedEvent decoded = decoder.decode(
                EnvelopeDecoder.decode(ticks.get(next)).envelopes().get(0));
        return ((DecodedEvent.Valid) decoded).event();
    }

    private static MarketDataRow row(MarketEvent event, String hash) {
        return new MarketDataRow(event, "request", hash, 1, 2, 3L, "bench", IndexShards.one());
    }

    /** Takes the attributes as a client would, and does nothing with them. */
    private record Sink(Blackhole hole) implements AttributeWriter {
        @Override
        public void text(String name, @Nullable String value) {
            hole.consume(value);
        }

        @Override
        public void number(String name, long value) {
            hole.consume(value);
        }

        @Override
        public void number(String name, @Nullable BigDecimal value) {
            hole.consume(value);
        }

        @Override
        public void flag(String name, boolean value) {
            hole.consume(value);
        }

        @Override
        public void texts(String name, List<String> values) {
            hole.consume(values);
        }
    }
}
