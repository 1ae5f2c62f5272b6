package io.marketpipeline.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page ended: since pages end with a millisecond, that millisecond is all it takes. The query that it belongs
 * to is named by its hash, so that a token of another query is refused instead of giving rows at random.
 *
 * @param query hash of what was asked for
 * @param millis last millisecond of the page
 */
record PageToken(int query, long millis) {
    private static final String VERSION = "1";

    static PageToken decode(String token, int query) {
        PageToken decoded = parse(token);
        if (decoded.query != query) {
            throw new IllegalArgumentException("page token '" + token + "' belongs to another query");
        }
        return decoded;
    }

    String encode() {
        String text = VERSION + "." + Integer.toHexString(query) + "." + millis;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static PageToken parse(String token) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII).split("\\.", -1);
            if (parts.length == 3 && parts[0].equals(VERSION)) {
                return new PageToken(Integer.parseUnsignedInt(parts[1], 16), Long.parseLong(parts[2]));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + token + "' isn't a page token", e);
        }
        throw new IllegalArgumentException("'" + token + "' isn't a page token");
    }
}
