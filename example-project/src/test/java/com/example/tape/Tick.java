package com.example.tape;

import io.marketpipeline.publish.EventDetail;
import io.marketpipeline.publish.EventIdentity;
import io.marketpipeline.publish.OutgoingEvent;
import io.marketpipeline.schema.DetailTypes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A row of a tick file: its columns by name, empty ones left out. */
record Tick(String dataSet, String kind, Map<String, String> columns) {
    private static final List<String> NUMBERS =
            List.of("price", "volume", "bid_price", "bid_size", "ask_price", "ask_size", "sequence");

    static List<Tick> read(Path file, String dataSet, String kind) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            String[] names = lines.readLine().split(",");
            return lines.lines()
                    .map(line -> new Tick(dataSet, kind, columns(names, line)))
                    .toList();
        }
    }

    private static Map<String, String> columns(String[] names, String line) {
        String[] values = line.split(",", -1);
        Map<String, String> columns = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (!values[i].isEmpty()) {
                columns.put(names[i], values[i]);
            }
        }
        return Map.copyOf(columns);
    }

    EventIdentity identity() {
        return new EventIdentity(dataSet, kind, columns.get("symbol"), Long.parseLong(columns.get("sequence")));
    }

    Instant eventTime() {
        return Instant.parse(columns.get("event_time"));
    }

    OutgoingEvent event() {
        EventDetail detail = EventDetail.of(identity(), eventTime())
                .text("exchange", columns.get("exchange"))
                .text("symbol", columns.get("symbol"))
                .text("conditions", columns.get("conditions"));
        for (String number : NUMBERS) {
            if (columns.containsKey(number)) {
                detail.number(number, new BigDecimal(columns.get(number)));
            }
        }
        String detailType = kind.equals("trade") ? DetailTypes.TRADE_EXECUTION : DetailTypes.MARKET_QUOTE;
        return new OutgoingEvent(identity().value(), DetailTypes.DEFAULT_SOURCE, detailType, detail.build());
    }
}
