package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Smithy RPC v2 with CBOR, which botocore speaks to CloudWatch: the operation in the path, timestamps as tag 1.
 *
 * <p>Source: https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
final class CborProtocol implements WireProtocol {
    private static final String TYPE = "application/cbor";
    private static final int EPOCH_TIME_TAG = 1;
    private static final CBORMapper MAPPER = new CBORMapper(
            CBORFactory.builder().streamReadConstraints(Json.CONSTRAINTS).build());

    static boolean speaks(WireRequest request) {
        return request.header("smithy-protocol").orElse("").equals("rpc-v2-cbor");
    }

    @Override
    public Invocation read(WireRequest request) {
        String operation = request.path().substring(request.path().lastIndexOf('/') + 1);
        if (request.body().length == 0) {
            return new Invocation(operation, Json.object());
        }
        try {
            if (MAPPER.readTree(request.body()) instanceof ObjectNode input) {
                return new Invocation(operation, input);
            }
        } catch (IOException e) {
            throw AwsError.of("SerializationException", "The request body is not CBOR: " + e.getMessage());
        }
        throw AwsError.of("SerializationException", "The request body is not a CBOR map");
    }

    @Override
    public WireAnswer answer(WireRequest request, Invocation invocation, JsonNode output, String requestId) {
        return WireAnswer.of(200, TYPE, bytes(output)).withHeaders(Map.of("smithy-protocol", "rpc-v2-cbor"));
    }

    @Override
    public WireAnswer error(WireRequest request, AwsError error, String requestId) {
        Map<String, String> headers = new HashMap<>(ErrorCodes.queryErrorHeader(request.service(), error));
        headers.put("smithy-protocol", "rpc-v2-cbor");
        ObjectNode body = Json.object().put("__type", error.code()).put("message", error.message());
        return WireAnswer.of(error.httpStatus(), TYPE, bytes(body)).withHeaders(headers);
    }

    private static byte[] bytes(JsonNode output) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CBORGenerator generator = MAPPER.getFactory().createGenerator(bytes)) {
            write(generator, "", output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(CBORGenerator generator, String member, JsonNode value) throws IOException {
        if (value.isObject()) {
            generator.writeStartObject(value, value.size());
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                generator.writeFieldName(entry.getKey());
                write(generator, entry.getKey(), entry.getValue());
            }
            generator.writeEndObject();
        } else if (value.isArray()) {
            generator.writeStartArray(value, value.size());
            for (JsonNode item : value) {
                write(generator, member, item);
            }
            generator.writeEndArray();
        } else if (value.isNumber() && Timestamps.isTimestamp(member)) {
            generator.writeTag(EPOCH_TIME_TAG);
            generator.writeNumber(value.doubleValue());
        } else if (value.isFloatingPointNumber()) {
            generator.writeNumber(value.doubleValue());
        } else {
            MAPPER.writeTree(generator, value);
        }
    }
}
