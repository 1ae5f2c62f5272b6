package io.marketpipeline.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire, its body decoded from content and chunk encodings.
 *
 * @param service the service in the credential scope of its signature
 * @param path the path as sent, still encoded
 * @param query the decoded query parameters
 * @param headers by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, handed on at once and never compared
record WireRequest(
        String service,
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body) {

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    String contentType() {
        return headers.getOrDefault("content-type", "");
    }

    /** Reads {@code a=b&c=d}, as in a query or a form; the order is kept, values of equal names are joined with commas. */
    static Map<String, String> parameters(String encoded) {
        Map<String, String> result = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                result.merge(decode(name), decode(value), (first, second) -> first + ',' + second);
            }
        }
        return result;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
