package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON in and out for the services. Numbers keep their decimals. Thread-safe. */
public final class Json {
    /** Bytes of the largest request body; no text in one is longer. Lambda takes zips of 50 MB inline, as base64. */
    static final int LARGEST_BODY = 256 * 1024 * 1024;

    static final StreamReadConstraints CONSTRAINTS =
            StreamReadConstraints.builder().maxStringLength(LARGEST_BODY).build();

    static final ObjectMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** A new empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads a JSON object; nothing at all reads as the empty object.
     *
     * @throws AwsError {@code SerializationException} if the bytes are something else
     */
    public static ObjectNode read(byte[] bytes) {
        if (bytes.length == 0) {
            return object();
        }
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw AwsError.of("SerializationException", "The request body is not JSON: " + firstLine(e));
        }
        throw AwsError.of("SerializationException", "The request body is not a JSON object");
    }

    /**
     * The text of a member that must be there.
     *
     * @param code the error code if it is missing or empty, such as {@code ValidationException}
     */
    public static String required(JsonNode input, String member, String code) {
        String text = input.path(member).asText("");
        if (text.isEmpty()) {
            throw AwsError.of(code, "Parameter " + member + " is missing or empty");
        }
        return text;
    }

    /** Whether a text is a JSON object, as a policy document must be. */
    public static boolean isObject(String text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** The JSON text of a node, as UTF-8 bytes. */
    public static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }
}
