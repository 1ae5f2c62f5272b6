package io.marketpipeline.local.gateway;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Undoes the encodings that SDKs put on request bodies: {@code aws-chunked} with its trailers, and gzip (request compression
 * of CloudWatch). A gzip object of S3's stays as it is.
 *
 * <p>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
final class RequestBodies {
    private RequestBodies() {}

    /**
     * Decodes a body.
     *
     * @param headers by lower-case name; trailers are added, and {@code content-encoding} keeps what belongs to the object
     */
    static byte[] decode(String service, byte[] body, Map<String, String> headers) {
        byte[] result = body;
        String encoding = headers.getOrDefault("content-encoding", "");
        if (encoding.contains("aws-chunked")
                || headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-")) {
            result = unchunk(body, headers);
            encoding = encoding.replaceFirst("aws-chunked,?\\s*", "");
            headers.put("content-encoding", encoding);
        }
        if (encoding.equals("gzip") && !service.equals("s3")) {
            return gunzip(result);
        }
        return result;
    }

    private static byte[] gunzip(byte[] body) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw AwsError.of("SerializationException", "The request body is not gzip: " + e.getMessage());
        }
    }

    private static byte[] unchunk(byte[] body, Map<String, String> headers) {
        ByteArrayOutputStream result = new ByteArrayOutputStream(body.length);
        int at = 0;
        while (true) {
            int end = lineEnd(body, at);
            String size = new String(body, at, end - at, StandardCharsets.US_ASCII).replaceFirst(";.*", "");
            at = end + 2;
            int length = hex(size);
            if (length == 0) {
                break;
            }
            if (length > body.length - at) {
                throw AwsError.of("IncompleteBody", "The request body ends inside a chunk");
            }
            result.write(body, at, length);
            at += length + 2;
        }
        while (at < body.length) {
            int end = lineEnd(body, at);
            String line = new String(body, at, end - at, StandardCharsets.UTF_8);
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
            at = end + 2;
        }
        return result.toByteArray();
    }

    private static int hex(String size) {
        try {
            return Integer.parseInt(size.trim(), 16);
        } catch (NumberFormatException e) {
            throw AwsError.of("InvalidRequest", "'" + size + "' is no chunk size");
        }
    }

    private static int lineEnd(byte[] body, int from) {
        for (int i = from; i < body.length - 1; i++) {
            if (body[i] == '\r' && body[i + 1] == '\n') {
                return i;
            }
        }
        throw AwsError.of("IncompleteBody", "The request body is not whole aws-chunked content");
    }
}
