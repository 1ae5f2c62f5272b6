package io.marketpipeline.bench;

import io.marketpipeline.event.DecodedEvent;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.event.EventDecoder;
import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.store.MarketDataRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

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

    /** One event. */
    @Benchmark
    public Object decodeValidateMap() {
        next = next + 1 == ticks.size() ? 0 : next + 1;
        DecodedEvent decoded = decoder.decode(
                EnvelopeDecoder.decode(ticks.get(next)).envelopes().get(0));
        MarketEvent event = ((DecodedEvent.Valid) decoded).event();
        return new MarketDataRow(event, "request", "", 1, 2, 3L, "bench", IndexShards.one());
    }
}
