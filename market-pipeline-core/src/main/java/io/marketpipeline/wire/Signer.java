package io.marketpipeline.wire;

import io.marketpipeline.text.Bytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * AWS Signature Version 4 of POST requests to {@code /} (IAM user guide, "Create a signed AWS API request"). HMAC is made of
 * SHA-256 here, because the JDK's own would load the whole of its cryptography first, about 40 ms. Thread-safe.
 */
final class Signer {
    private static final HexFormat HEX = HexFormat.of();
    private static final int BLOCK = 64;

    private final String region;
    private final String service;
    private volatile @Nullable Key key;

    Signer(String region, String service) {
        this.region = region;
        this.service = service;
    }

    /** A header as it is signed: the name in lower case, the value without blanks around it. */
    record Header(String name, String value) {}

    /** What a secret makes for one day. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole: a record's own comparison takes long to link
    private record Key(String secret, String day, String scope, byte[] bytes) {}

    /**
     * The value of the header {@code Authorization}.
     *
     * @param time as in {@code X-Amz-Date}: {@code 20150830T123600Z}
     * @param headers those to be signed, in the order of their names
     * @param body the request's body
     */
    Bytes authorization(Credentials credentials, String time, List<Header> headers, Bytes body) {
        Bytes request = new Bytes(1024).ascii("POST\n/\n\n");
        Bytes names = new Bytes(128);
        for (Header header : headers) {
            request.ascii(header.name).ascii(':').ascii(header.value).ascii('\n');
            names.ascii(names.size() == 0 ? "" : ";").ascii(header.name);
        }
        request.ascii('\n').append(names).ascii('\n').ascii(body.sha256Hex());
        Key by = key(credentials.secretKey(), time.substring(0, 8));
        Bytes toSign = new Bytes(192).ascii("AWS4-HMAC-SHA256\n").ascii(time).ascii('\n');
        toSign.ascii(by.scope).ascii('\n').ascii(request.sha256Hex());
        Bytes authorization = new Bytes(512).ascii("AWS4-HMAC-SHA256 Credential=");
        authorization.ascii(credentials.accessKey()).ascii('/').ascii(by.scope);
        authorization.ascii(", SignedHeaders=").append(names).ascii(", Signature=");
        return authorization.ascii(HEX.formatHex(hmac(by.bytes, toSign)));
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
