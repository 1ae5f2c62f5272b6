package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/** AWS JSON 1.0 and 1.1: the operation in {@code X-Amz-Target}, JSON objects both ways. */
final class AwsJsonProtocol implements WireProtocol {

    static boolean speaks(WireRequest request) {
        return request.headers().containsKey("x-amz-target");
    }

    @Override
    public Invocation read(WireRequest request) {
        String target = request.header("x-amz-target").orElse("");
        return new Invocation(target.substring(target.lastIndexOf('.') + 1), Json.read(request.body()));
    }

    @Override
    public WireAnswer answer(WireRequest request, Invocation invocation, JsonNode output, String requestId) {
        return WireAnswer.of(200, contentType(request), Json.write(output));
    }

    @Override
    public WireAnswer error(WireRequest request, AwsError error, String requestId) {
        byte[] body = Json.write(Json.object().put("__type", error.code()).put("message", error.message()));
        return WireAnswer.of(error.httpStatus(), contentType(request), body)
                .withHeaders(ErrorCodes.queryErrorHeader(request.service(), error));
    }

    private static String contentType(WireRequest request) {
        return request.contentType().isEmpty() ? "application/x-amz-json-1.1" : request.contentType();
    }
}
