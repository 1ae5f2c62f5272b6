package io.marketpipeline.lambda;

import io.marketpipeline.schema.PackagedCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads which code the function was packaged of. */
final class CodeVersion {
    private static final int MAX_BYTES = 256;

    private CodeVersion() {}

    /** The version that {@code package} left in the zip; null where something else made the zip. */
    static @Nullable String read() {
        try (InputStream in = CodeVersion.class.getResourceAsStream("/" + PackagedCode.VERSION_FILE)) {
            if (in == null) {
                return null;
            }
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? null : text;
        } catch (IOException e) {
            return null;
        }
    }
}
