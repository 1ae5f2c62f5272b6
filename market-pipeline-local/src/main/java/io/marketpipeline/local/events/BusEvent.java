package io.marketpipeline.local.events;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An event that a bus accepted. Immutable.
 *
 * @param time event time
 * @param acceptedAt when the bus took it
 * @param detail the publisher's JSON text, kept as it came
 * @param replayName name of the replay that sent it; empty for none
 */
record BusEvent(
        String id,
        String source,
        String detailType,
        String account,
        Instant time,
        Instant acceptedAt,
        String region,
        List<String> resources,
        String detail,
        String replayName) {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    /** The same event as a replay sends it. */
    BusEvent replayed(String name) {
        return new BusEvent(id, source, detailType, account, time, acceptedAt, region, resources, detail, name);
    }

    /** The envelope as EventBridge writes it ("AWS service event metadata" in its user guide). */
    String envelope() {
        StringBuilder json = new StringBuilder(detail.length() + 320);
        json.append("{\"version\":\"0\",\"id\":\"").append(id);
        member(json, "\",\"detail-type\":\"", detailType);
        member(json, "\",\"source\":\"", source);
        json.append("\",\"account\":\"").append(account);
        json.append("\",\"time\":\"").append(time.truncatedTo(ChronoUnit.SECONDS));
        json.append("\",\"region\":\"").append(region).append("\",\"resources\":[");
        for (int i = 0; i < resources.size(); i++) {
            member(json, i == 0 ? "\"" : ",\"", resources.get(i));
            json.append('"');
        }
        json.append(']');
        if (!replayName.isEmpty()) {
            member(json, ",\"replay-name\":\"", replayName);
            json.append('"');
        }
        return json.append(",\"detail\":").append(detail).append('}').toString();
    }

    byte[] envelopeBytes() {
        return envelope().getBytes(StandardCharsets.UTF_8);
    }

    private static void member(StringBuilder json, String start, String value) {
        json.append(start);
        ENCODER.quoteAsString(value, json);
    }
}
