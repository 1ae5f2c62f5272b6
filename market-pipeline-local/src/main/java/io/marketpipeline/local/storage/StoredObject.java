package io.marketpipeline.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An object as it was put. Its content is never changed. */
final class StoredObject {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");
    private static final String NOT_SATISFIABLE = "The requested range is not satisfiable";

    private final byte[] content;
    private final String eTag;
    private final Instant modified;
    private final ObjectNode headers;
    private final JsonNode checksums;

    private StoredObject(byte[] content, String eTag, Instant modified, ObjectNode headers, JsonNode checksums) {
        this.content = content;
        this.eTag = eTag;
        this.modified = modified;
        this.headers = headers;
        this.checksums = checksums;
    }

    /**
     * Reads a PutObject.
     *
     * @throws AwsError {@code BadDigest} if a checksum that came along is another than the content's
     */
    static StoredObject of(ObjectNode input, Instant now) {
        byte[] content = body(input);
        Checksums.check(content, input.path("ContentMD5").asText(""), input.path("Checksums"));
        ObjectNode headers = Json.object();
        headers.put("ContentType", input.path("ContentType").asText("binary/octet-stream"));
        if (input.hasNonNull("ContentEncoding")) {
            headers.set("ContentEncoding", input.get("ContentEncoding"));
        }
        headers.set("Metadata", input.path("Metadata").isObject() ? input.get("Metadata") : Json.object());
        String eTag = '"' + HexFormat.of().formatHex(Checksums.digest("MD5", content)) + '"';
        return new StoredObject(content, eTag, now, headers, input.path("Checksums"));
    }

    String eTag() {
        return eTag;
    }

    int size() {
        return content.length;
    }

    Instant modified() {
        return modified;
    }

    JsonNode checksums() {
        return checksums;
    }

    /** All but the content. */
    ObjectNode describe(boolean withChecksums) {
        ObjectNode output = headers.deepCopy()
                .put("ETag", eTag)
                .put("ContentLength", content.length)
                .put("AcceptRanges", "bytes")
                .put("LastModified", modified.getEpochSecond());
        if (withChecksums && checksums.isObject()) {
            output.set("Checksums", checksums);
        }
        return output;
    }

    /** With the content, or the part of it that a {@code Range} header names; an empty text is all of it. */
    ObjectNode read(String range, boolean withChecksums) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches() || range.equals("bytes=-")) {
            return describe(withChecksums).put("Body", content);
        }
        long from = matcher.group(1).isEmpty()
                ? Math.max(0, content.length - Long.parseLong(matcher.group(2)))
                : Long.parseLong(matcher.group(1));
        long to = matcher.group(1).isEmpty() || matcher.group(2).isEmpty()
                ? content.length - 1L
                : Math.min(Long.parseLong(matcher.group(2)), content.length - 1L);
        if (from > to) {
            throw AwsError.of("InvalidRange", NOT_SATISFIABLE, 416);
        }
        return describe(false)
                .put("ContentLength", to - from + 1)
                .put("ContentRange", "bytes %d-%d/%d".formatted(from, to, content.length))
                .put("Body", Arrays.copyOfRange(content, (int) from, (int) to + 1));
    }

    private static byte[] body(ObjectNode input) {
        try {
            byte[] body = input.path("Body").binaryValue();
            return body == null ? new byte[0] : body;
        } catch (IOException e) {
            throw new UncheckedIOException("The body of an object is neither binary nor base64", e);
        }
    }
}
