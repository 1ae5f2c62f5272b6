package io.marketpipeline.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.marketpipeline.local.gateway.AwsError;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that SDKs send with an object. CRC-64/NVME, which the JDK lacks, is kept unchecked. */
final class Checksums {
    private static final Map<String, Function<byte[], byte[]>> KNOWN = Map.of(
            "crc32", content -> crc(new CRC32(), content),
            "crc32c", content -> crc(new CRC32C(), content),
            "sha1", content -> digest("SHA-1", content),
            "sha256", content -> digest("SHA-256", content));

    private Checksums() {}

    /**
     * Compares content with the checksums that came along.
     *
     * @param md5 base64, or empty
     * @param checksums base64 by lower-case algorithm
     * @throws AwsError {@code BadDigest} if one differs
     */
    static void check(byte[] content, String md5, JsonNode checksums) {
        if (!md5.isEmpty()) {
            compare("Content-MD5", md5, digest("MD5", content));
        }
        for (Map.Entry<String, JsonNode> checksum : checksums.properties()) {
            Function<byte[], byte[]> algorithm = KNOWN.get(checksum.getKey());
            if (algorithm != null) {
                compare(checksum.getKey(), checksum.getValue().asText(), algorithm.apply(content));
            }
        }
    }

    static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }

    private static void compare(String name, String said, byte[] real) {
        if (!Base64.getEncoder().encodeToString(real).equals(said)) {
            throw AwsError.of(
                    "BadDigest",
                    "The " + name.toUpperCase(Locale.ROOT) + " you specified did not match the calculated checksum.");
        }
    }

    private static byte[] crc(Checksum checksum, byte[] content) {
        checksum.update(content, 0, content.length);
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array();
    }
}
