package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * REST-XML as S3 speaks it, path style: {@code /bucket/key}, a sub-resource named by a query parameter, settings as XML
 * documents, objects as raw bodies with their metadata in headers.
 */
final class S3Protocol implements WireProtocol {
    private static final String XML = "application/xml";
    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    /** Operations of a bucket's sub-resources: query parameter, then method, then operation. */
    private static final Map<String, Map<String, String>> SUB_RESOURCES = Map.of(
            "encryption", crud("BucketEncryption"),
            "versioning", crud("BucketVersioning"),
            "publicAccessBlock", crud("PublicAccessBlock"),
            "policy", crud("BucketPolicy"),
            "lifecycle",
                    Map.of(
                            "GET", "GetBucketLifecycleConfiguration",
                            "PUT", "PutBucketLifecycleConfiguration",
                            "DELETE", "DeleteBucketLifecycle"),
            "tagging", crud("BucketTagging"),
            "ownershipControls", crud("BucketOwnershipControls"),
            "location", Map.of("GET", "GetBucketLocation"),
            "delete", Map.of("POST", "DeleteObjects"),
            "list-type", Map.of("GET", "ListObjectsV2"));

    private static final Map<String, String> OBJECTS = Map.of(
            "GET", "GetObject",
            "HEAD", "HeadObject",
            "PUT", "PutObject",
            "DELETE", "DeleteObject");

    private static final Map<String, String> BUCKETS = Map.of(
            "PUT", "CreateBucket",
            "HEAD", "HeadBucket",
            "DELETE", "DeleteBucket");

    /** Root elements of answers that are XML. An operation whose output is one structure names the same root for it. */
    private static final Map<String, String> ROOTS = Map.of(
            "GetBucketEncryption", "ServerSideEncryptionConfiguration",
            "GetBucketVersioning", "VersioningConfiguration",
            "GetPublicAccessBlock", "PublicAccessBlockConfiguration",
            "GetBucketLifecycleConfiguration", "LifecycleConfiguration",
            "GetBucketTagging", "Tagging",
            "GetBucketOwnershipControls", "OwnershipControls",
            "ListObjectsV2", "ListBucketResult",
            "ListBuckets", "ListAllMyBucketsResult",
            "DeleteObjects", "DeleteResult");

    private static final List<String> LIST_PARAMETERS =
            List.of("prefix", "delimiter", "max-keys", "continuation-token", "start-after");

    private static final Map<String, String> OUTPUT_HEADERS = Map.of(
            "ETag", "ETag",
            "ContentType", "Content-Type",
            "ContentEncoding", "Content-Encoding",
            "ContentLength", "Content-Length",
            "ContentRange", "Content-Range",
            "BucketRegion", "x-amz-bucket-region",
            "Location", "Location",
            "AcceptRanges", "Accept-Ranges");

    @Override
    public Invocation read(WireRequest request) {
        String path = request.path().replaceFirst("^/+", "");
        int slash = path.indexOf('/');
        String bucket = decode(slash < 0 ? path : path.substring(0, slash));
        String key = slash < 0 ? "" : decode(path.substring(slash + 1));
        ObjectNode input = Json.object();
        if (bucket.isEmpty()) {
            return new Invocation(request.method().equals("GET") ? "ListBuckets" : unknown(request), input);
        }
        input.put("Bucket", bucket);
        return key.isEmpty() ? bucketCall(request, input) : objectCall(request, input.put("Key", key));
    }

    @Override
    public WireAnswer answer(WireRequest request, Invocation invocation, JsonNode output, String requestId) {
        String operation = invocation.operation();
        String root = ROOTS.get(operation);
        if (root != null) {
            JsonNode content = output.has(root) ? output.get(root) : output;
            return WireAnswer.of(200, XML, S3Xml.write(root, NAMESPACE, content));
        }
        return switch (operation) {
            case "GetBucketPolicy" ->
                WireAnswer.of(
                        200, "application/json", output.path("Policy").asText().getBytes(StandardCharsets.UTF_8));
            case "GetBucketLocation" ->
                WireAnswer.of(
                        200,
                        XML,
                        new XmlText()
                                .element(
                                        "LocationConstraint",
                                        output.path("LocationConstraint").asText(""))
                                .bytes());
            case "GetObject" -> object(output, body(output.path("Body")));
            case "HeadObject", "HeadBucket", "PutObject", "CreateBucket" -> object(output, new byte[0]);
            default ->
                WireAnswer.of(
                        operation.startsWith("Delete") || operation.equals("PutBucketPolicy") ? 204 : 200,
                        "",
                        new byte[0]);
        };
    }

    @Override
    public WireAnswer error(WireRequest request, AwsError error, String requestId) {
        XmlText xml = new XmlText();
        xml.open("Error")
                .element("Code", error.code())
                .element("Message", error.message())
                .element("Resource", request.path())
                .element("RequestId", requestId)
                .close("Error");
        return WireAnswer.of(error.httpStatus(), XML, xml.bytes());
    }

    private static Invocation bucketCall(WireRequest request, ObjectNode input) {
        for (Map.Entry<String, Map<String, String>> sub : SUB_RESOURCES.entrySet()) {
            if (request.query().containsKey(sub.getKey())) {
                String operation = sub.getValue().get(request.method());
                return new Invocation(operation == null ? unknown(request) : operation, settings(request, input));
            }
        }
        String operation = BUCKETS.get(request.method());
        return new Invocation(operation == null ? unknown(request) : operation, settings(request, input));
    }

    private static ObjectNode settings(WireRequest request, ObjectNode input) {
        for (String name : LIST_PARAMETERS) {
            String value = request.query().get(name);
            if (value != null) {
                input.put(member(name), value);
            }
        }
        if (request.query().containsKey("policy")) {
            input.put("Policy", new String(request.body(), StandardCharsets.UTF_8));
        } else if (request.body().length > 0) {
            S3Xml.read(request.body(), input);
        }
        return input;
    }

    private static Invocation objectCall(WireRequest request, ObjectNode input) {
        String operation = OBJECTS.get(request.method());
        for (String parameter : request.query().keySet()) {
            if (!parameter.startsWith("X-Amz-")
                    && !parameter.equals("x-id")
                    && !parameter.equals("versionId")
                    && !parameter.startsWith("response-")) {
                return new Invocation(unknown(request), input);
            }
        }
        if (operation == null || request.headers().containsKey("x-amz-copy-source")) {
            return new Invocation(unknown(request), input);
        }
        request.header("range").ifPresent(value -> input.put("Range", value));
        request.header("if-none-match").ifPresent(value -> input.put("IfNoneMatch", value));
        if (operation.equals("PutObject")) {
            input.put("Body", request.body());
            request.header("content-type").ifPresent(value -> input.put("ContentType", value));
            request.header("content-encoding")
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> input.put("ContentEncoding", value));
            request.header("content-md5").ifPresent(value -> input.put("ContentMD5", value));
            ObjectNode metadata = input.putObject("Metadata");
            ObjectNode checksums = input.putObject("Checksums");
            new TreeMap<>(request.headers()).forEach((name, value) -> {
                if (name.startsWith("x-amz-meta-")) {
                    metadata.put(name.substring("x-amz-meta-".length()), value);
                } else if (name.startsWith("x-amz-checksum-")) {
                    checksums.put(name.substring("x-amz-checksum-".length()), value);
                }
            });
        } else if (request.header("x-amz-checksum-mode").isPresent()) {
            input.put("ChecksumMode", "ENABLED");
        }
        return new Invocation(operation, input);
    }

    private static WireAnswer object(JsonNode output, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        OUTPUT_HEADERS.forEach((member, header) -> {
            if (output.hasNonNull(member)) {
                headers.put(header, output.get(member).asText());
            }
        });
        output.path("Metadata")
                .properties()
                .forEach(entry -> headers.put(
                        "x-amz-meta-" + entry.getKey(), entry.getValue().asText()));
        output.path("Checksums")
                .properties()
                .forEach(entry -> headers.put(
                        "x-amz-checksum-" + entry.getKey(), entry.getValue().asText()));
        if (output.hasNonNull("LastModified")) {
            headers.put(
                    "Last-Modified",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            Timestamps.instant(output.get("LastModified").decimalValue())
                                    .atOffset(ZoneOffset.UTC)));
        }
        return WireAnswer.of(output.has("ContentRange") ? 206 : 200, "", body).withHeaders(headers);
    }

    private static byte[] body(JsonNode body) {
        try {
            byte[] bytes = body.binaryValue();
            return bytes == null ? new byte[0] : bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A name that no service has, so that the error says what was asked for. */
    private static String unknown(WireRequest request) {
        return request.method() + " with " + request.query().keySet();
    }

    private static String member(String parameter) {
        StringBuilder name = new StringBuilder();
        for (String word : parameter.split("-", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }

    private static Map<String, String> crud(String subject) {
        return Map.of("GET", "Get" + subject, "PUT", "Put" + subject, "DELETE", "Delete" + subject);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
