package io.marketpipeline.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.marketpipeline.local.gateway.AwsError;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Points in time as requests carry them: epoch seconds, or ISO 8601 text in Query requests. */
final class Times {
    private Times() {}

    static long seconds(JsonNode input, String member, long otherwise) {
        JsonNode value = input.path(member);
        if (value.isNumber()) {
            return value.longValue();
        }
        if (!value.isTextual()) {
            return otherwise;
        }
        String text = value.asText();
        try {
            return OffsetDateTime.parse(text.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})") ? text : text + "Z")
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toEpochSecond();
        } catch (DateTimeException e) {
            throw AwsError.of("InvalidParameterValueException", member + " is '" + text + "', which is no time");
        }
    }
}
