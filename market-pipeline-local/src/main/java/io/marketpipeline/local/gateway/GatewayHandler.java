package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every request of the one port: guards it, tells the service by its signature, and speaks its protocol. */
final class GatewayHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayHandler.class);

    private final WireProtocol json = new AwsJsonProtocol();
    private final WireProtocol query = new AwsQueryProtocol();
    private final WireProtocol sqsQuery = new SqsQueryProtocol();
    private final WireProtocol cbor = new CborProtocol();
    private final WireProtocol lambda = new RestJsonProtocol(LambdaRoutes.ROUTES);
    private final WireProtocol s3 = new S3Protocol();
    private final ServiceDirectory services;
    private final int port;

    GatewayHandler(ServiceDirectory services, int port) {
        this.services = services;
        this.port = port;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<String> refusal = LoopbackGuard.refusal(
                request.getHeaders().get(HttpHeader.HOST),
                request.getHeaders().get(HttpHeader.ORIGIN),
                request.getHeaders().get("Sec-Fetch-Site"),
                port);
        if (refusal.isPresent()) {
            send(response, callback, plain(403, refusal.get()), "refused", "GET");
            return true;
        }
        Map<String, String> parameters = WireRequest.parameters(
                Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""));
        String target = request.getHeaders().get("X-Amz-Target");
        Optional<String> service =
                CredentialScope.service(request.getHeaders().get(HttpHeader.AUTHORIZATION), parameters);
        if (service.isEmpty()) {
            send(response, callback, unsigned(request), "unsigned", request.getMethod());
            return true;
        }
        if (target != null) {
            EngineService engine = services.engine(service.get(), target.substring(target.lastIndexOf('.') + 1));
            if (engine != null) {
                return engine.engine().handle(request, response, callback);
            }
        }
        answer(request, response, callback, service.get(), parameters);
        return true;
    }

    private void answer(
            Request request, Response response, Callback callback, String service, Map<String, String> parameters) {
        CallContext context = services.newContext();
        WireRequest wire = wire(request, service, parameters, new byte[0]);
        WireProtocol protocol = protocol(wire);
        WireAnswer answer;
        try {
            wire = read(request, service, parameters);
            WireProtocol.Invocation invocation = protocol.read(wire);
            JsonNode output = services.call(service, invocation.operation(), invocation.input(), context);
            answer = protocol.answer(wire, invocation, output, context.requestId());
        } catch (AwsError e) {
            answer = protocol.error(wire, e, context.requestId());
        } catch (Exception e) {
            LOG.error("{} {} {} failed", service, request.getMethod(), request.getHttpURI(), e);
            AwsError error = new AwsError(
                    "InternalFailure", "The local endpoint failed inside " + service + ": " + e, 500, false);
            answer = protocol.error(wire, error, context.requestId());
        }
        send(response, callback, answer, context.requestId(), request.getMethod());
    }

    private WireProtocol protocol(WireRequest request) {
        if (request.service().equals("s3")) {
            return s3;
        }
        if (request.service().equals("lambda")) {
            return lambda;
        }
        if (SqsQueryProtocol.speaks(request)) {
            return sqsQuery;
        }
        if (CborProtocol.speaks(request)) {
            return cbor;
        }
        return AwsJsonProtocol.speaks(request) || !AwsQueryProtocol.speaks(request) ? json : query;
    }

    private static WireRequest read(Request request, String service, Map<String, String> parameters)
            throws IOException {
        if (request.getLength() > Json.LARGEST_BODY) {
            throw AwsError.of("RequestEntityTooLarge", "The request has " + request.getLength() + " bytes", 413);
        }
        byte[] body;
        try (InputStream in = Content.Source.asInputStream(request)) {
            body = in.readNBytes(Json.LARGEST_BODY);
        }
        return wire(request, service, parameters, body);
    }

    private static WireRequest wire(Request request, String service, Map<String, String> parameters, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.merge(
                    field.getName().toLowerCase(Locale.ROOT),
                    Optional.ofNullable(field.getValue()).orElse(""),
                    (first, second) -> first + "," + second);
        }
        byte[] decoded = body.length == 0 ? body : RequestBodies.decode(service, body, headers);
        return new WireRequest(
                service, request.getMethod(), request.getHttpURI().getPath(), parameters, headers, decoded);
    }

    private static WireAnswer unsigned(Request request) {
        return request.getMethod().equals("GET")
                        && "/".equals(request.getHttpURI().getPath())
                ? plain(200, "market-pipeline-local: an AWS-shaped endpoint. Aim an AWS SDK or the AWS CLI at it.\n")
                : plain(
                        403,
                        "The request is not signed, so its service is unknown. Send it with an AWS SDK or the AWS CLI;"
                                + " any access key will do.\n");
    }

    private static WireAnswer plain(int status, String text) {
        return WireAnswer.of(status, "text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(Response response, Callback callback, WireAnswer answer, String requestId, String method) {
        response.setStatus(answer.status());
        response.getHeaders().put("x-amzn-RequestId", requestId);
        response.getHeaders().put("x-amz-request-id", requestId);
        if (!answer.contentType().isEmpty()) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        }
        answer.headers().forEach(response.getHeaders()::put);
        if (method.equals("HEAD")) {
            response.write(true, ByteBuffer.allocate(0), callback);
        } else {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
            response.write(true, ByteBuffer.wrap(answer.body()), callback);
        }
    }
}
