package io.marketpipeline.maven.operate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The time that events of a symbol span.
 *
 * @param from milliseconds since the epoch of the earliest
 * @param to milliseconds since the epoch of the latest
 */
record SymbolSpan(String symbol, long from, long to) {
    static List<SymbolSpan> of(Collection<Sent> events) {
        Map<String, SymbolSpan> spans = new TreeMap<>();
        for (Sent event : events) {
            long time = event.key().timestamp();
            spans.merge(
                    event.symbol(),
                    new SymbolSpan(event.symbol(), time, time),
                    (a, b) -> new SymbolSpan(a.symbol(), Math.min(a.from(), b.from()), Math.max(a.to(), b.to())));
        }
        return List.copyOf(spans.values());
    }
}
