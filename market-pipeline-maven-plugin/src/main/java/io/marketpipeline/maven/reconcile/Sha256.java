package io.marketpipeline.maven.reconcile;

import io.marketpipeline.text.Sha256Hex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A hash in half the memory that its text takes; a reconciliation holds several for each event. Immutable. */
record Sha256(long first, long second, long third, long fourth) {
    private static final int HEX_CHARS = 64;

    /** The hash that a text writes. Text that is none, which somebody put there, becomes a hash that equals no other. */
    static Sha256 of(String hex) {
        try {
            return hex.length() == HEX_CHARS ? of(HexFormat.of().parseHex(hex)) : ofText("not a hash: " + hex);
        } catch (IllegalArgumentException e) {
            return ofText("not a hash: " + hex);
        }
    }

    /** As above; null where an attribute isn't text. */
    static @Nullable Sha256 ofAttribute(@Nullable Object value) {
        return value instanceof String hex ? of(hex) : null;
    }

    /** The hash of a text's UTF-8 bytes. */
    static Sha256 ofText(String text) {
        return of(Sha256Hex.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Sha256 of(byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes);
        return new Sha256(numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong());
    }
}
