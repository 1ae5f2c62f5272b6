package io.marketpipeline.wire;

import io.marketpipeline.credentials.Credentials;
import io.marketpipeline.text.Bytes;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * AWS Signature Version 4 of POST requests to {@code /} (IAM user guide, "Create a signed AWS API request"). HMAC is made of
 * SHA-256 here, because the JDK's own would load the whole of its cryptography first, about 40 ms. Thread-safe.
 */
final class Signer {
    private static final int BLOCK = 64;

    private final String region;
    private final String service;
    private volatile @Nullable Key key;

    Signer(String region, String service) {
        this.region = region;
        this.service = service;
    }

    /** What a secret makes for one day. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole: a record's own comparison takes long to link
    private record Key(String secret, String day, String scope, byte[] bytes) {}

    /**
     * Appends the header {@code authorization}, with its line's end, to what is sent. The headers can't be signed again.
     *
     * @param time as in {@code X-Amz-Date}: {@code 20150830T123600Z}
     * @param body the request's body
     */
    Bytes sign(Credentials credentials, String time, SignedHeaders headers, Bytes body) {
        Bytes request = headers.canonical().ascii('\n').append(headers.names()).ascii("\n", body.sha256Hex());
        Key by = key(credentials.secretKey(), time.substring(0, 8));
        Bytes toSign = new Bytes(192).ascii("AWS4-HMAC-SHA256\n", time, "\n", by.scope, "\n", request.sha256Hex());
        return headers.sent()
                .ascii("authorization: AWS4-HMAC-SHA256 Credential=", credentials.accessKey(), "/", by.scope)
                .ascii(", SignedHeaders=")
                .append(headers.names())
                .ascii(", Signature=")
                .hex(hmac(by.bytes, toSign))
                .ascii("\r\n");
    }

    private Key key(String secret, String day) {
        Key known = key;
        if (known == null || !known.day.equals(day) || !known.secret.equals(secret)) {
            byte[] bytes = new Bytes(64).append("AWS4" + secret).toArray();
            for (String part : List.of(day, region, service, "aws4_request")) {
                bytes = hmac(bytes, new Bytes(64).ascii(part));
            }
            known = new Key(secret, day, day + "/" + region + "/" + service + "/aws4_request", bytes);
            key = known;
        }
        return known;
    }

    /** RFC 2104. */
    private static byte[] hmac(byte[] key, Bytes text) {
        byte[] block = key.length > BLOCK ? new Bytes(key.length).append(key).sha256() : key;
        byte[] inner = padded(block, 0x36, text.size()).append(text).sha256();
        return padded(block, 0x5C, inner.length).append(inner).sha256();
    }

    private static Bytes padded(byte[] key, int pad, int room) {
        byte[] block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        return new Bytes(BLOCK + room).append(block);
    }
}
