package io.marketpipeline.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.marketpipeline.local.gateway.AwsError;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;

/** Timestamps of requests: epoch seconds, or ISO 8601 text. */
final class Times {
    private Times() {}

    static Instant of(JsonNode time) {
        try {
            if (time.isTextual() && time.asText().indexOf('T') > 0) {
                return Instant.parse(time.asText());
            }
            BigDecimal seconds = new BigDecimal(time.asText());
            return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
        } catch (DateTimeException | NumberFormatException e) {
            throw AwsError.of("SerializationException", "'" + time.asText() + "' is no timestamp");
        }
    }

    static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }
}
