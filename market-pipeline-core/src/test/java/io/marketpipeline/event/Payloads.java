package io.marketpipeline.event;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Payloads for tests. */
public final class Payloads {
    public static final String TRADE =
            """
            {"event_id":"e-1","event_time":"2013-10-07T08:00:00.614Z","exchange":"ARCX","symbol":"BAC","price":13.9400,\
            "volume":500,"sequence":1}""";

    private Payloads() {}

    /** An envelope of a trade execution around a detail. */
    public static String envelope(String detail) {
        return envelope("Trade Execution", detail);
    }

    public static String envelope(String detailType, String detail) {
        return """
               {"version":"0","id":"env-1","detail-type":"%s","source":"market.data","account":"000000000000",\
               "time":"2026-11-22T20:15:00Z","region":"us-east-1","resources":[],"detail":%s}"""
                .formatted(detailType, detail);
    }

    /** What Lambda hands over of a queue: messages {@code m-0}, {@code m-1} and so on with these bodies. */
    public static String queue(String... bodies) {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < bodies.length; i++) {
            String body = bodies[i].replace("\\", "\\\\").replace("\"", "\\\"");
            records.append(i == 0 ? "" : ",")
                    .append(
                            """
                            {"messageId":"m-%d","receiptHandle":"r","body":"%s","attributes":\
                            {"ApproximateReceiveCount":"1"},"messageAttributes":{},"eventSource":"aws:sqs"}"""
                                    .formatted(i, body));
        }
        return "{\"Records\":[" + records + "]}";
    }

    /** A pack's detail. */
    public static String pack(String... events) {
        return "{\"events\":[" + String.join(",", events) + "]}";
    }

    public static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    public static List<Envelope> envelopes(String json) {
        return EnvelopeDecoder.decode(bytes(json)).envelopes();
    }

    /** The one envelope of a trade with a detail. */
    public static Envelope trade(String detail) {
        return envelopes(envelope(detail)).get(0);
    }
}
