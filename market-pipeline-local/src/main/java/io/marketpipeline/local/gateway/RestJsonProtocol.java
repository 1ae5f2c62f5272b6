package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * REST-JSON, as Lambda speaks it: method and path name the operation, the rest of the input is a JSON body, but for
 * {@code Invoke}, whose payload is the raw body both ways and whose other members are headers.
 */
final class RestJsonProtocol implements WireProtocol {
    private static final String JSON = "application/json";
    private static final String PAYLOAD = "Payload";

    private static final Map<String, String> INPUT_HEADERS = Map.of(
            "x-amz-invocation-type", "InvocationType",
            "x-amz-log-type", "LogType",
            "x-amz-client-context", "ClientContext");

    private static final Map<String, String> OUTPUT_HEADERS = Map.of(
            "FunctionError", "X-Amz-Function-Error",
            "LogResult", "X-Amz-Log-Result",
            "ExecutedVersion", "X-Amz-Executed-Version");

    private final List<Route> routes;

    RestJsonProtocol(List<Route> routes) {
        this.routes = routes;
    }

    @Override
    public Invocation read(WireRequest request) {
        Map<String, String> path = new HashMap<>();
        Route route = find(request, path);
        ObjectNode input;
        if (route.operation().equals("Invoke")) {
            input = Json.object().put(PAYLOAD, request.body());
            INPUT_HEADERS.forEach(
                    (header, member) -> request.header(header).ifPresent(value -> input.put(member, value)));
        } else {
            input = Json.read(request.body());
        }
        path.forEach(input::put);
        route.query().forEach((parameter, member) -> {
            String value = request.query().get(parameter);
            if (value != null && parameter.equals("tagKeys")) {
                List.of(value.split(",", -1)).forEach(input.withArrayProperty(member)::add);
            } else if (value != null) {
                input.put(member, value);
            }
        });
        return new Invocation(route.operation(), input);
    }

    @Override
    public WireAnswer answer(WireRequest request, Invocation invocation, JsonNode output, String requestId) {
        int status =
                output.path("StatusCode").asInt(find(request, new HashMap<>()).status());
        if (!invocation.operation().equals("Invoke")) {
            return status == 204
                    ? WireAnswer.of(204, "", new byte[0])
                    : WireAnswer.of(status, JSON, Json.write(output));
        }
        Map<String, String> headers = new HashMap<>();
        OUTPUT_HEADERS.forEach((member, header) -> {
            if (output.hasNonNull(member)) {
                headers.put(header, output.get(member).asText());
            }
        });
        return WireAnswer.of(status, JSON, payload(output.get(PAYLOAD))).withHeaders(headers);
    }

    @Override
    public WireAnswer error(WireRequest request, AwsError error, String requestId) {
        ObjectNode body = Json.object()
                .put("Type", error.senderFault() ? "User" : "Service")
                .put("message", error.message());
        return WireAnswer.of(error.httpStatus(), JSON, Json.write(body))
                .withHeaders(Map.of("x-amzn-errortype", error.code()));
    }

    private Route find(WireRequest request, Map<String, String> pathMembers) {
        List<String> segments =
                Arrays.asList(request.path().replaceAll("^/+|/+$", "").split("/", -1));
        for (Route route : routes) {
            if (route.method().equals(request.method()) && matches(route.path(), segments, pathMembers)) {
                return route;
            }
        }
        throw AwsError.notSupported(request.method() + " " + request.path() + " of " + request.service());
    }

    private static boolean matches(List<String> template, List<String> segments, Map<String, String> pathMembers) {
        if (template.size() != segments.size()) {
            return false;
        }
        pathMembers.clear();
        for (int i = 0; i < template.size(); i++) {
            String expected = template.get(i);
            if (expected.startsWith("{")) {
                String name = expected.substring(1, expected.length() - 1);
                pathMembers.put(name, URLDecoder.decode(segments.get(i).replace("+", "%2B"), StandardCharsets.UTF_8));
            } else if (!expected.equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] payload(@Nullable JsonNode payload) {
        if (payload == null || payload.isNull()) {
            return new byte[0];
        }
        try {
            return payload.binaryValue();
        } catch (IOException e) {
            throw new UncheckedIOException("An invocation's payload is neither binary nor base64", e);
        }
    }
}
