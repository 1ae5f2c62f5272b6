package io.marketpipeline.local.function;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request to the Runtime API, read with bounds, since the port can't choose who connects.
 *
 * @param headers by their name in small letters
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy of each payload would cost.
record RuntimeApiRequest(String path, Map<String, String> headers, byte[] body) {
    /** Above Lambda's limit for an answer, so that the limit is told where it is checked. */
    static final int LARGEST_BODY = 8 << 20;

    /** Of each line; the interface client sends the cause of an error, up to 1 MB, as a header. */
    static final int LONGEST_LINE = 2 << 20;

    static final int MOST_HEADERS = 64;

    /**
     * The next request of a connection; null at its end.
     *
     * @throws IOException also when it is none or exceeds a bound
     */
    static @Nullable RuntimeApiRequest read(InputStream in) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        Map<String, String> headers = headers(in);
        String[] parts = start.split(" ", 3);
        return new RuntimeApiRequest(parts.length > 1 ? parts[1] : "", headers, body(in, headers));
    }

    /** A header by its name in small letters; null where there is none. */
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            if (headers.size() == MOST_HEADERS) {
                throw new IOException("A request has more than " + MOST_HEADERS + " headers.");
            }
            int colon = line.indexOf(':');
            // A second one with the same name must not hide the first.
            headers.merge(
                    line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + "," + second);
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks(in);
        }
        return in.readNBytes(size(headers.getOrDefault("content-length", "0"), 10, 0));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in, 0); size > 0; size = chunkSize(in, body.size())) {
            body.writeBytes(in.readNBytes(size));
            line(in);
        }
        headers(in);
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in, int before) throws IOException {
        String line = line(in);
        return line == null ? 0 : size(line.split(";", 2)[0].strip(), 16, before);
    }

    private static int size(String digits, int radix, int before) throws IOException {
        int size;
        try {
            size = Integer.parseInt(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("A body's length isn't a number: " + digits.length() + " characters.", e);
        }
        if (size < 0 || size > LARGEST_BODY - before) {
            throw new IOException("A function's answer has " + ((long) before + size) + " bytes.");
        }
        return size;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(96);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("A line is longer than " + LONGEST_LINE + " bytes.");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
