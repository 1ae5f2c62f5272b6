package io.marketpipeline.wire;

import io.marketpipeline.text.Sha256Hex;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
    private record Key(String secret, String day, byte[] bytes) {}

    /**
     * The value of the header {@code Authorization}.
     *
     * @param time as in {@code X-Amz-Date}: {@code 20150830T123600Z}
     * @param headers those to be signed, in the order of their names
     * @param body the request's body
     */
    String authorization(Credentials credentials, String time, List<Header> headers, Bytes body) {
        StringBuilder names = new StringBuilder(64);
        Bytes request = new Bytes(512).ascii("POST\n/\n\n");
        for (Header header : headers) {
            request.ascii(header.name).ascii(":").ascii(header.value).ascii("\n");
            names.append(names.isEmpty() ? "" : ";").append(header.name);
        }
        String signedNames = names.toString();
        MessageDigest sha256 = Sha256Hex.digestOfThread();
        body.digestInto(sha256);
        request.ascii("\n").ascii(signedNames).ascii("\n").ascii(HEX.formatHex(sha256.digest()));
        request.digestInto(sha256);
        String hash = HEX.formatHex(sha256.digest());
        String day = time.substring(0, 8);
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        Bytes toSign = new Bytes(160)
                .ascii("AWS4-HMAC-SHA256\n")
                .ascii(time)
                .ascii("\n")
                .ascii(scope)
                .ascii("\n")
                .ascii(hash);
        byte[] signature = hmac(sha256, key(sha256, credentials.secretKey(), day), toSign);
        return "AWS4-HMAC-SHA256 Credential=" + credentials.accessKey() + "/" + scope + ", SignedHeaders=" + signedNames
                + ", Signature=" + HEX.formatHex(signature);
    }

    private byte[] key(MessageDigest sha256, String secret, String day) {
        Key known = key;
        if (known == null || !known.day.equals(day) || !known.secret.equals(secret)) {
            byte[] bytes = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
            for (String part : List.of(day, region, service, "aws4_request")) {
                bytes = hmac(sha256, bytes, new Bytes(part.length()).ascii(part));
            }
            known = new Key(secret, day, bytes);
            key = known;
        }
        return known.bytes;
    }

    /** RFC 2104. */
    private static byte[] hmac(MessageDigest sha256, byte[] key, Bytes text) {
        byte[] block = Arrays.copyOf(key.length > BLOCK ? sha256.digest(key) : key, BLOCK);
        xor(block, 0x36);
        sha256.update(block);
        text.digestInto(sha256);
        byte[] inner = sha256.digest();
        xor(block, 0x36 ^ 0x5C);
        sha256.update(block);
        return sha256.digest(inner);
    }

    private static void xor(byte[] block, int value) {
        for (int i = 0; i < block.length; i++) {
            block[i] ^= (byte) value;
        }
    }
}
