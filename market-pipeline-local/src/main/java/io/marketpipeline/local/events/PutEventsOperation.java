package io.marketpipeline.local.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code PutEvents}: each entry is accepted or refused by itself. */
final class PutEventsOperation implements Operation {
    private static final int MOST_ENTRIES = 10;

    /** EventBridge's limit of the entries of one request together, in bytes: 1 MB since January 2026, 256 KB before. */
    private static final int LARGEST_REQUEST = 1 << 20;

    /** What a given time counts for in the size ("Calculating PutEvents event entry size" in the user guide). */
    private static final int TIME_SIZE = 14;

    private static final JsonFactory JSON = new JsonFactory();

    private final EventCatalog catalog;
    private final EventRouter router;

    PutEventsOperation(EventCatalog catalog, EventRouter router) {
        this.catalog = catalog;
        this.router = router;
    }

    @Override
    public JsonNode call(ObjectNode input, CallContext context) {
        JsonNode entries = input.path("Entries");
        if (entries.isEmpty() || entries.size() > MOST_ENTRIES) {
            String bound = entries.isEmpty() ? "greater than or equal to 1" : "less than or equal to " + MOST_ENTRIES;
            throw AwsError.of(
                    "ValidationException",
                    "1 validation error detected: Value '" + entries.size() + " entries"
                            + "' at 'entries' failed to satisfy constraint: Member must have length " + bound);
        }
        int size = 0;
        for (JsonNode entry : entries) {
            size += size(entry);
        }
        if (size > LARGEST_REQUEST) {
            throw AwsError.of("ValidationException", "Total size of the entries in the request is over the limit.");
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode results = output.putArray("Entries");
        int failed = 0;
        for (JsonNode entry : entries) {
            ObjectNode result = putOrFail(entry);
            failed += result.has("ErrorCode") ? 1 : 0;
            results.add(result);
        }
        return output.put("FailedEntryCount", failed);
    }

    /** One that can't be routed must not take those behind it along. */
    private ObjectNode putOrFail(JsonNode entry) {
        try {
            return put(entry);
        } catch (RuntimeException e) {
            return refused("InternalFailure", e.toString());
        }
    }

    private ObjectNode put(JsonNode entry) {
        ObjectNode refusal = refusal(entry);
        if (refusal != null) {
            return refusal;
        }
        EventBus bus = catalog.find(entry.path("EventBusName").asText());
        if (bus == null) {
            // An unknown bus is accepted and the event goes nowhere, as in AWS, where the call succeeds.
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("EventId", UUID.randomUUID().toString());
        }
        BusEvent event = event(entry);
        router.route(bus, event);
        return JsonNodeFactory.instance.objectNode().put("EventId", event.id());
    }

    private BusEvent event(JsonNode entry) {
        Instant now = Instant.now();
        List<String> resources = new ArrayList<>();
        entry.path("Resources").forEach(resource -> resources.add(resource.asText()));
        JsonNode time = entry.path("Time");
        return new BusEvent(
                UUID.randomUUID().toString(),
                entry.path("Source").asText(),
                entry.path("DetailType").asText(),
                catalog.settings().accountId(),
                time.isMissingNode() || time.isNull() ? now : Times.of(time),
                now,
                catalog.settings().region(),
                List.copyOf(resources),
                entry.path("Detail").asText(),
                "");
    }

    private static @Nullable ObjectNode refusal(JsonNode entry) {
        for (String required : List.of("Source", "DetailType", "Detail")) {
            if (entry.path(required).asText().isEmpty()) {
                return refused(
                        "InvalidArgument",
                        "Parameter " + required + " is not valid. Reason: " + required + " is a required argument.");
            }
        }
        if (entry.path("Source").asText().startsWith("aws.")) {
            return refused("NotAuthorizedForSourceException", "Not authorized for the source.");
        }
        return isObject(entry.path("Detail").asText()) ? null : refused("MalformedDetail", "Detail is malformed.");
    }

    private static ObjectNode refused(String code, String message) {
        return JsonNodeFactory.instance.objectNode().put("ErrorCode", code).put("ErrorMessage", message);
    }

    private static boolean isObject(String detail) {
        try (JsonParser parser = JSON.createParser(detail)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static int size(JsonNode entry) {
        int size = entry.hasNonNull("Time") ? TIME_SIZE : 0;
        for (String member : List.of("Source", "DetailType", "Detail")) {
            size += utf8(entry.path(member).asText());
        }
        for (JsonNode resource : entry.path("Resources")) {
            size += utf8(resource.asText());
        }
        return size;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
