package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.publish.EventDetail;
import io.marketpipeline.publish.EventIdentity;
import io.marketpipeline.publish.OutgoingEvent;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Turns the rows of a file into events with an identity: the row's own {@code event_id} if it has one, else data set,
 * kind, symbol and sequence; a row without a sequence takes its place in the file. The same file gives the same bytes
 * each time, so that publishing it again is found to be a repetition. For one thread.
 */
final class TickReader implements Closeable {
    private static final String EVENT_ID = "event_id";
    private static final String EVENT_TIME = "event_time";
    private static final Set<String> LEADING = Set.of(EVENT_ID, EVENT_TIME);

    /** DynamoDB developer guide, "Data types: Number"; zeros have no magnitude, but may have any scale. */
    private static final int MAX_EXPONENT = 125;

    private static final int MIN_EXPONENT = -130;
    private static final int MAX_SCALE = 1000;

    private final InputFile file;
    private final String source;
    private final RawRows rows;
    private long left;

    private TickReader(InputFile file, String source, RawRows rows) {
        this.file = file;
        this.source = source;
        this.rows = rows;
        this.left = file.limit();
    }

    static TickReader open(InputFile file, String source) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file.path()));
        try {
            InputStream plain = file.compressed() ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            Reader text = new InputStreamReader(plain, marking());
            RawRows rows = file.csv() ? new CsvRows(text, file.path().toString()) : new JsonRows(text);
            return new TickReader(file, source, rows);
        } catch (EOFException | ZipException e) {
            bytes.close();
            throw damaged(file, e);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** What isn't UTF-8 becomes half of a surrogate pair, which UTF-8 never is and {@link #tick} refuses by line. */
    private static CharsetDecoder marking() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(String.valueOf(Character.MIN_HIGH_SURROGATE));
    }

    private static UserFixableException damaged(InputFile file, IOException cause) {
        return new UserFixableException(
                file.path() + " isn't a whole .gz file (" + cause.getMessage()
                        + "): it was cut off, or isn't compressed. Copy it anew, or name it without .gz if it is plain text",
                cause);
    }

    /** The next row; empty at the end of the file or of its limit. */
    Optional<Tick> next() throws IOException {
        if (left == 0) {
            return Optional.empty();
        }
        left--;
        try {
            return rows.next().map(this::tick);
        } catch (EOFException | ZipException e) {
            throw damaged(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    private Tick tick(RawRow row) {
        if (!row.problem().isEmpty()) {
            return new Tick.Malformed(row.line(), row.problem());
        }
        for (Map.Entry<String, JsonNode> field : row.fields().entrySet()) {
            if (isBeyondNumbers(field.getValue())) {
                return new Tick.Malformed(
                        row.line(),
                        field.getKey() + " is " + field.getValue().decimalValue()
                                + ", beyond what a table holds as a number (1E-130 to 9.99E+125)");
            }
        }
        String symbol = text(row.fields(), "symbol");
        if (symbol.isBlank()) {
            return new Tick.Malformed(row.line(), "has no symbol");
        }
        String time = text(row.fields(), EVENT_TIME);
        try {
            Instant eventTime = OffsetDateTime.parse(time).toInstant();
            if (!TimeArgument.isHeld(eventTime)) {
                return new Tick.Malformed(row.line(), "event_time is '" + time + "', but " + TimeArgument.HELD);
            }
            OutgoingEvent event = event(row, symbol, eventTime);
            return StandardCharsets.UTF_8.newEncoder().canEncode(event.detail())
                    ? new Tick.Good(row.line(), event, symbol, text(row.fields(), "exchange"), eventTime)
                    : new Tick.Malformed(
                            row.line(), "has a text that isn't UTF-8, or half of a surrogate pair, and can't be sent");
        } catch (DateTimeException e) {
            return new Tick.Malformed(
                    row.line(),
                    time.isBlank()
                            ? "has no event_time"
                            : "event_time is '" + time + "', which isn't ISO 8601 with an offset, such as"
                                    + " 2013-10-07T13:30:00.123Z");
        } catch (ArithmeticException e) {
            return new Tick.Malformed(
                    row.line(),
                    "sequence is '" + text(row.fields(), "sequence") + "', which isn't a" + " whole number");
        }
    }

    /** Written plainly, such a number would fill the memory with zeros. */
    private static boolean isBeyondNumbers(JsonNode value) {
        if (!value.isBigDecimal()) {
            return false;
        }
        BigDecimal number = value.decimalValue();
        long exponent = (long) number.precision() - number.scale() - 1;
        return exponent > MAX_EXPONENT || exponent < MIN_EXPONENT || Math.abs((long) number.scale()) > MAX_SCALE;
    }

    private OutgoingEvent event(RawRow row, String symbol, Instant eventTime) {
        EventType type = typeOf(row);
        String own = text(row.fields(), EVENT_ID);
        String id = own.isBlank() ? identity(row, symbol, type).value() : own;
        EventDetail detail = EventDetail.of(id, eventTime);
        row.fields().forEach((name, value) -> {
            if (!LEADING.contains(name)) {
                add(detail, name, value);
            }
        });
        return new OutgoingEvent(id, source, type.detailType(), detail.build());
    }

    private EventType typeOf(RawRow row) {
        return file.type()
                .orElseGet(() -> EventType.ofColumns(
                        rows instanceof CsvRows csv
                                ? csv.columns()
                                : row.fields().keySet()));
    }

    private EventIdentity identity(RawRow row, String symbol, EventType type) {
        String sequence = text(row.fields(), "sequence");
        return new EventIdentity(
                file.dataSet(), type.kind().settingName(), symbol, sequence.isEmpty() ? row.number() : whole(sequence));
    }

    /** Throws {@link ArithmeticException} if it isn't a whole number. */
    private static long whole(String sequence) {
        try {
            return new BigDecimal(sequence).longValueExact();
        } catch (NumberFormatException e) {
            throw new ArithmeticException(sequence);
        }
    }

    private static void add(EventDetail detail, String name, JsonNode value) {
        if (value.isBigDecimal() || value.isIntegralNumber()) {
            detail.number(name, value.decimalValue());
        } else if (value.isTextual()) {
            detail.text(name, value.textValue());
        } else {
            detail.json(name, value.toString());
        }
    }

    private static String text(Map<String, JsonNode> fields, String name) {
        JsonNode value = fields.get(name);
        return value == null ? "" : value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
    }
}
