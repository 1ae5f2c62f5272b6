package io.marketpipeline.local.gateway;

import java.util.Map;

/**
 * An answer as it goes over the wire, without the headers that every answer has.
 *
 * @param contentType empty for an answer without a body
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, handed on at once and never compared
record WireAnswer(int status, String contentType, Map<String, String> headers, byte[] body) {

    static WireAnswer of(int status, String contentType, byte[] body) {
        return new WireAnswer(status, contentType, Map.of(), body);
    }

    WireAnswer withHeaders(Map<String, String> more) {
        return new WireAnswer(status, contentType, more, body);
    }
}
