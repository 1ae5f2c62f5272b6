package io.marketpipeline.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The example's real morning as the envelopes that EventBridge would deliver, one a line. */
final class Ticks {
    private static final int OF_EACH_KIND = 5_000;

    private Ticks() {}

    /** Writes trades and quotes in turn; gives how many. */
    static int write(Path data, Path file) throws IOException {
        List<String> trades = rows(data.resolve("BAC-2013-10-07-open-trades.csv.gz"), "Trade Execution");
        List<String> quotes = rows(data.resolve("BAC-2013-10-07-open-quotes.csv.gz"), "Market Quote");
        List<String> all = new ArrayList<>();
        for (int i = 0; i < Math.min(trades.size(), quotes.size()); i++) {
            all.add(trades.get(i));
            all.add(quotes.get(i));
        }
        Files.createDirectories(file.getParent());
        Files.write(file, all, StandardCharsets.UTF_8);
        return all.size();
    }

    /** Bytes of a detail, on average. */
    static double detailBytes(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .mapToInt(line -> line.length() - line.indexOf("\"detail\":") - "\"detail\":".length() - 1)
                .average()
                .orElseThrow();
    }

    private static List<String> rows(Path csv, String detailType) throws IOException {
        List<String> envelopes = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(csv)), StandardCharsets.UTF_8))) {
            String[] names = lines.readLine().split(",", -1);
            for (String line = lines.readLine();
                    line != null && envelopes.size() < OF_EACH_KIND;
                    line = lines.readLine()) {
                envelopes.add(envelope(detailType, names, line.split(",", -1), envelopes.size()));
            }
        }
        return envelopes;
    }

    private static String envelope(String detailType, String[] names, String[] values, int number) {
        String kind = detailType.startsWith("Trade") ? "trade" : "quote";
        StringBuilder detail = new StringBuilder("{\"event_id\":\"bac-")
                .append(kind)
                .append('-')
                .append(values[0])
                .append('"');
        for (int i = 0; i < names.length; i++) {
            if (!values[i].isEmpty()) {
                boolean text = names[i].equals("exchange")
                        || names[i].equals("symbol")
                        || names[i].equals("event_time")
                        || names[i].equals("conditions");
                detail.append(",\"").append(names[i]).append("\":");
                detail.append(text ? "\"" + values[i] + "\"" : values[i]);
            }
        }
        String id = "8476a536-e9f4-11e8-9739-2dfe598c" + (1000 + number % 9000) + (kind.equals("trade") ? "" : "a");
        return "{\"version\":\"0\",\"id\":\"" + id + "\",\"detail-type\":\"" + detailType
                + "\",\"source\":\"market.data\",\"account\":\"000000000000\",\"time\":\"2013-10-07T13:30:00Z\","
                + "\"region\":\"us-east-1\",\"resources\":[],\"detail\":" + detail + "}}";
    }
}
