package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** Which members are timestamps, and their forms. Services write epoch seconds as numbers; XML has ISO 8601 text. */
final class Timestamps {
    /** Timestamp members whose names don't end in Time, Timestamp or Date; from the services' public models. */
    private static final Set<String> NAMES =
            Set.of("Timestamps", "Expiration", "LastModified", "LastUpdated", "TimeCreated", "InvokedAt");

    private Timestamps() {}

    static boolean isTimestamp(String member) {
        return member.endsWith("Time")
                || member.endsWith("Timestamp")
                || member.endsWith("Date")
                || NAMES.contains(member);
    }

    /** The ISO 8601 text of a number of epoch seconds; what is no number stays as it is. */
    static JsonNode iso(JsonNode value) {
        return value.isNumber() ? TextNode.valueOf(instant(value.decimalValue()).toString()) : value;
    }

    static Instant instant(BigDecimal epochSeconds) {
        return Instant.ofEpochMilli(epochSeconds.movePointRight(3).longValue()).truncatedTo(ChronoUnit.MILLIS);
    }
}
