package io.marketpipeline.maven.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketpipeline.event.RawData;
import io.marketpipeline.publish.EventDetail;
import io.marketpipeline.publish.EventIdentity;
import io.marketpipeline.schema.DetailTypes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Real ticks as envelopes, in the order of the tape. Where more are wanted than the files have they are repeated as other
 * sessions, with identities of their own. Among them are some that share an identity with another price, and some that can't
 * be stored.
 */
final class TapeEvents {
    private static final List<String> NUMBERS =
            List.of("price", "volume", "bid_price", "bid_size", "ask_price", "ask_size", "sequence");
    /** Begins the last field of an envelope. */
    private static final String DETAIL = "\"detail\":";

    private static final int CONFLICT_EVERY = 40;
    private static final int INVALID_EVERY = 50;

    private final String session;
    private final List<SentEvent> events = new ArrayList<>();

    private TapeEvents(String session) {
        this.session = session;
    }

    /**
     * The first events of the tape.
     *
     * @param folder with {@code *trades.csv.gz} and {@code *quotes.csv.gz}
     * @param session begins every identity
     */
    static List<SentEvent> read(Path folder, String session, int count) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".csv.gz"))
                    .sorted()
                    .toList()) {
                rows.addAll(rows(file, file.toString().contains("trades") ? "trade" : "quote"));
            }
        }
        rows.sort(Comparator.comparing(row -> row.get("event_time")));
        TapeEvents tape = new TapeEvents(session);
        for (int i = 0; tape.events.size() < count; i++) {
            tape.add(rows.get(i % rows.size()), i, i / rows.size());
        }
        return tape.events;
    }

    private static List<Map<String, String>> rows(Path file, String kind) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            String[] names = lines.readLine().split(",");
            return lines.lines().map(line -> row(names, line, kind)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> row(String[] names, String line, String kind) {
        String[] values = line.split(",", -1);
        Map<String, String> row = new HashMap<>(Map.of("kind", kind));
        for (int i = 0; i < names.length; i++) {
            if (!values[i].isEmpty()) {
                row.put(names[i], values[i]);
            }
        }
        return row;
    }

    private void add(Map<String, String> row, int number, int repeat) {
        EventIdentity identity = new EventIdentity(
                session + repeat, row.get("kind"), row.get("symbol"), Long.parseLong(row.get("sequence")));
        String price =
                row.get("kind").equals("trade") ? "price" : row.containsKey("bid_price") ? "bid_price" : "ask_price";
        if (number % INVALID_EVERY == 7) {
            send(identity, row, Map.of("symbol", ""), false);
            return;
        }
        send(identity, row, Map.of(), true);
        if (number % CONFLICT_EVERY == 11) {
            send(identity, row, Map.of(price, "99.99"), true);
        }
    }

    private void send(EventIdentity identity, Map<String, String> row, Map<String, String> changes, boolean valid) {
        Map<String, String> columns = new HashMap<>(row);
        columns.putAll(changes);
        EventDetail detail = EventDetail.of(identity, Instant.parse(columns.get("event_time")))
                .text("exchange", columns.get("exchange"))
                .text("symbol", columns.get("symbol"))
                .text("conditions", columns.get("conditions"));
        for (String number : NUMBERS) {
            if (columns.containsKey(number)) {
                detail.number(number, new BigDecimal(columns.get(number)));
            }
        }
        String type = row.get("kind").equals("trade") ? DetailTypes.TRADE_EXECUTION : DetailTypes.MARKET_QUOTE;
        String text = detail.build();
        events.add(new SentEvent(identity.value(), RawData.of(text).sha256(), valid, envelope(type, text)));
    }

    private static String envelope(String detailType, String detail) {
        return """
                {"version":"0","id":"%s","detail-type":"%s","source":"%s","account":"000000000000",\
                "time":"2026-01-02T14:30:00Z","region":"us-east-1","resources":[],"detail":%s}"""
                .formatted(UUID.randomUUID(), detailType, DetailTypes.DEFAULT_SOURCE, detail);
    }

    /**
     * Envelopes as a publisher's packs, one for each detail type, each with the details of many events in one of its own;
     * what would be alone stays as it is.
     */
    static List<String> packed(List<String> envelopes) {
        Map<String, List<String>> byType = new LinkedHashMap<>();
        for (String envelope : envelopes) {
            String type = envelope.substring(envelope.indexOf("\"detail-type\""), envelope.indexOf("\"source\""));
            byType.computeIfAbsent(type, any -> new ArrayList<>()).add(envelope);
        }
        return byType.values().stream()
                .map(some -> some.size() == 1 ? some.get(0) : pack(some))
                .toList();
    }

    private static String pack(List<String> envelopes) {
        String first = resent(envelopes.get(0));
        return envelopes.stream()
                .map(envelope -> envelope.substring(envelope.indexOf(DETAIL) + DETAIL.length(), envelope.length() - 1))
                .collect(Collectors.joining(
                        ",", first.substring(0, first.indexOf(DETAIL)) + DETAIL + "{\"events\":[", "]}}"));
    }

    /** The event again, as a publisher sends it that doesn't know whether it was taken: with an envelope of its own. */
    static String resent(String envelope) {
        return envelope.replaceFirst("\"id\":\"[^\"]+\"", "\"id\":\"" + UUID.randomUUID() + "\"");
    }
}
