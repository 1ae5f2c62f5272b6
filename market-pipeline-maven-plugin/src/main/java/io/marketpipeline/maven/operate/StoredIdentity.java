package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.marketpipeline.publish.OutgoingEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The identity under which the function stores an event: its identity fields, joined as core's decoder joins them, or
 * the envelope's id where one is missing.
 *
 * @param fields of {@code detail}, at least one
 */
record StoredIdentity(List<String> fields) {
    String of(OutgoingEvent event, String entryId) {
        if (fields.equals(List.of("event_id"))) {
            return event.eventId();
        }
        JsonNode detail = parse(event.detail());
        List<String> values = new ArrayList<>();
        for (String field : fields) {
            JsonNode value = detail.get(field);
            if (value != null && value.isValueNode() && !value.asText().isEmpty()) {
                values.add(value.isNumber() ? value.decimalValue().toPlainString() : value.asText());
            } else if (field.equals("detail_type")) {
                values.add(event.detailType());
            } else if (field.equals("source")) {
                values.add(event.source());
            } else {
                return entryId;
            }
        }
        return values.size() == 1
                ? values.get(0)
                : String.join(
                        "|",
                        values.stream()
                                .map(value -> value.replace("%", "%25").replace("|", "%7C"))
                                .toList());
    }

    private static JsonNode parse(String detail) {
        try {
            return JsonRows.tree(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the detail was written as JSON", e);
        }
    }
}
