package io.marketpipeline.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 in lower-case hexadecimal. Thread-safe. */
public final class Sha256Hex {
    /** One for each thread: to look for a provider and make a digest takes as long as to hash an event. */
    private static final ThreadLocal<MessageDigest> DIGESTS = new Digests();

    private Sha256Hex() {}

    /** Hash of a text's UTF-8 bytes. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Hash of an array. */
    public static String of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** Hash of part of an array. */
    public static String of(byte[] bytes, int offset, int length) {
        return new Bytes(64).hex(sum(bytes, offset, length)).toString();
    }

    /** The hash itself of part of an array. */
    static byte[] sum(byte[] bytes, int offset, int length) {
        MessageDigest digest = DIGESTS.get();
        digest.update(bytes, offset, length);
        return digest.digest();
    }

    /** A digest of the caller's own, for what comes in parts. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    /** A class, and no lambda: the first of those takes ten milliseconds of a cold start. */
    private static final class Digests extends ThreadLocal<MessageDigest> {
        @Override
        protected MessageDigest initialValue() {
            return digest();
        }
    }
}
