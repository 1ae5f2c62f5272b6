package io.marketpipeline.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.deadletter.InMemoryDeadLetters;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.publish.EventIdentity;
import io.marketpipeline.schema.AttributeWriter;
import io.marketpipeline.schema.TableItem;
import io.marketpipeline.store.StoreAnswer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a write costs goes by the KB: rows and audit records of a real tape, as {@code publish} sends it and a deployed function
 * writes it, stay below one. Above, the dollars a million events on the performance page would double.
 */
class ItemSizeTest {
    private static final int UNIT = 1024;

    private final List<Integer> rows = new ArrayList<>();
    private final List<Integer> records = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"trade, Trade Execution, trades", "quote, Market Quote, quotes"})
    void itemsOfARealTapeTakeOneWriteUnit(String kind, String detailType, String file) throws IOException {
        MarketEventProcessor processor = new MarketEventProcessor(ProcessorParts.builder(
                        (items, deadline) -> {
                            items.forEach(item -> rows.add(bytes(item)));
                            return Collections.nCopies(items.size(), new StoreAnswer.Stored());
                        },
                        new AuditChain().over((items, deadline) -> {
                            items.forEach(item -> records.add(bytes(item)));
                            return Collections.nCopies(items.size(), new AuditAnswer.Recorded());
                        }),
                        new InMemoryDeadLetters())
                .environment("production")
                .auditRetention(Duration.ofDays(365))
                .build());
        Instant now = Instant.now();
        Writer writer = new Writer("120", "2026/11/29/[120]0123456789abcdef0123456789abcdef", "0123456789abcdef");
        InvocationContext context =
                new InvocationContext("8476a536-e9f4-11e8-9739-2dfe598c1000", now, now.plusSeconds(30), writer);

        for (String envelope : envelopes("BAC-2013-10-07-open-" + file, kind, detailType)) {
            processor.process(
                    EnvelopeDecoder.decode(envelope.getBytes(StandardCharsets.UTF_8))
                            .envelopes(),
                    context);
        }

        assertThat(rows).hasSizeGreaterThan(2_000).hasSameSizeAs(records);
        assertThat(Collections.max(rows)).as("row").isLessThan(UNIT);
        assertThat(Collections.max(records)).as("audit record").isLessThan(UNIT);
    }

    private static List<String> envelopes(String dataSet, String kind, String detailType) throws IOException {
        Path file = Path.of("..", "example-project", "data", dataSet + ".csv.gz");
        List<String> envelopes = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            String[] names = lines.readLine().split(",", -1);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                envelopes.add(envelope(dataSet, kind, detailType, names, line.split(",", -1)));
            }
        }
        return envelopes;
    }

    private static String envelope(String dataSet, String kind, String detailType, String[] names, String[] values) {
        String id = new EventIdentity(dataSet, kind, "BAC", Long.parseLong(values[0])).value();
        StringBuilder detail = new StringBuilder("{\"event_id\":\"" + id + "\"");
        for (int i = 0; i < names.length; i++) {
            if (!values[i].isEmpty()) {
                boolean number = !List.of("event_time", "exchange", "symbol", "conditions")
                        .contains(names[i]);
                String quote = number ? "" : "\"";
                detail.append(",\"" + names[i] + "\":" + quote + values[i] + quote);
            }
        }
        return "{\"version\":\"0\",\"id\":\"8476a536-e9f4-11e8-9739-2dfe598c1000\",\"detail-type\":\"" + detailType
                + "\",\"source\":\"market.data\",\"account\":\"123456789012\",\"time\":\"2026-11-29T13:30:00Z\","
                + "\"region\":\"us-east-1\",\"resources\":[],\"detail\":" + detail + "}}";
    }

    /**
     * An item's size: its names and values in UTF-8; of a number a byte for each two digits, and one (Amazon DynamoDB developer
     * guide, "DynamoDB item sizes and formats").
     */
    private static int bytes(TableItem item) {
        Sizes sizes = new Sizes();
        item.writeTo(sizes);
        return sizes.bytes;
    }

    private static final class Sizes implements AttributeWriter {
        private int bytes;

        @Override
        public void text(String name, @Nullable String value) {
            if (value != null) {
                bytes += utf8(name) + utf8(value);
            }
        }

        @Override
        public void number(String name, long value) {
            number(name, BigDecimal.valueOf(value));
        }

        @Override
        public void number(String name, @Nullable BigDecimal value) {
            if (value != null) {
                bytes += utf8(name) + value.stripTrailingZeros().precision() / 2 + 2 + (value.signum() < 0 ? 1 : 0);
            }
        }

        @Override
        public void flag(String name, boolean value) {
            bytes += utf8(name) + 1;
        }

        @Override
        public void texts(String name, List<String> values) {
            bytes += utf8(name) + 3;
            values.forEach(value -> bytes += utf8(value) + 1);
        }

        private static int utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
