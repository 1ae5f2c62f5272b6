package io.marketpipeline.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The buses, archives and tags of the endpoint. Thread-safe. */
final class EventCatalog {
    static final String DEFAULT_BUS = "default";

    private final EndpointSettings settings;
    private final Map<String, EventBus> buses = new ConcurrentSkipListMap<>();
    private final Map<String, Archive> archives = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, String>> tags = new ConcurrentHashMap<>();

    EventCatalog(EndpointSettings settings) {
        this.settings = settings;
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        buses.put(DEFAULT_BUS, new EventBus(DEFAULT_BUS, settings.arn("events", "event-bus/default"), none));
    }

    EndpointSettings settings() {
        return settings;
    }

    Map<String, EventBus> buses() {
        return buses;
    }

    Map<String, Archive> archives() {
        return archives;
    }

    /** The bus that a name or ARN stands for, the default bus for none; null if there is none. */
    @Nullable
    EventBus find(String nameOrArn) {
        if (nameOrArn.isEmpty()) {
            return buses.get(DEFAULT_BUS);
        }
        String prefix = settings.arn("events", "event-bus/");
        return buses.get(nameOrArn.startsWith(prefix) ? nameOrArn.substring(prefix.length()) : nameOrArn);
    }

    /** The bus of an input's {@code EventBusName}, or the API's error. */
    EventBus bus(ObjectNode input) {
        String name = input.path("EventBusName").asText();
        EventBus bus = find(name);
        if (bus == null) {
            throw notFound("Event bus " + name + " does not exist.");
        }
        return bus;
    }

    String ruleArn(EventBus bus, String rule) {
        return settings.arn("events", "rule/" + (bus.name().equals(DEFAULT_BUS) ? "" : bus.name() + "/") + rule);
    }

    /** The tags of a bus, rule or archive by ARN. */
    Map<String, String> tags(String arn) {
        return tags.computeIfAbsent(arn, unseen -> new ConcurrentSkipListMap<>());
    }

    void tag(String arn, JsonNode list) {
        list.forEach(
                tag -> tags(arn).put(tag.path("Key").asText(), tag.path("Value").asText()));
    }

    void forgetTags(String arn) {
        tags.remove(arn);
    }

    static AwsError notFound(String message) {
        return AwsError.of("ResourceNotFoundException", message);
    }

    /** A page of a list; the token is the position of the next item. */
    static ObjectNode page(ObjectNode input, List<? extends JsonNode> all, String member) {
        int from = Math.min(input.path("NextToken").asInt(0), all.size());
        int to = Math.min(all.size(), from + Math.max(1, input.path("Limit").asInt(100)));
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        all.subList(from, to).forEach(output.putArray(member)::add);
        if (to < all.size()) {
            output.put("NextToken", Integer.toString(to));
        }
        return output;
    }

    /** Copies members that are there. */
    static void copy(ObjectNode from, ObjectNode to, List<String> names) {
        for (String name : names) {
            if (from.hasNonNull(name)) {
                to.set(name, from.get(name));
            }
        }
    }
}
