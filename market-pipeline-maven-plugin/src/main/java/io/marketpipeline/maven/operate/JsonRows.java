package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Rows of a file with a JSON object on each line. Numbers keep their digits; fields that are null are left out. */
final class JsonRows implements RawRows {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final BufferedReader lines;
    private long line;
    private long number;

    JsonRows(Reader reader) {
        this.lines = new BufferedReader(reader);
    }

    /** Reads JSON whose numbers keep their digits. */
    static JsonNode tree(String json) throws JsonProcessingException {
        try {
            return JSON.readTree(json);
        } catch (NumberFormatException e) {
            // Jackson lets it through where the exponent itself is too large for a number, as in 1e9999999999.
            throw new JsonParseException(null, "a number is beyond all bounds", e);
        }
    }

    @Override
    public Optional<RawRow> next() throws IOException {
        String text = lines.readLine();
        line++;
        while (text != null && text.isBlank()) {
            text = lines.readLine();
            line++;
        }
        if (text == null) {
            return Optional.empty();
        }
        number++;
        return Optional.of(row(text));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private RawRow row(String text) {
        try {
            JsonNode node = tree(text);
            if (!node.isObject()) {
                return RawRow.unreadable(line, number, "isn't a JSON object");
            }
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            node.properties().forEach(field -> {
                if (!field.getValue().isNull()) {
                    fields.put(field.getKey(), field.getValue());
                }
            });
            return new RawRow(line, number, fields, "");
        } catch (JsonProcessingException e) {
            return RawRow.unreadable(line, number, "isn't JSON: " + e.getOriginalMessage());
        }
    }
}
