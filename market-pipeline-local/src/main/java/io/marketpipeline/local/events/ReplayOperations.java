package io.marketpipeline.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.background.BackgroundWork;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/** Replays: events of an archive are sent to its bus again, in the background. */
final class ReplayOperations implements AutoCloseable {
    /** EventBridge user guide, "Replaying archived events": active ones of an account in a region. */
    private static final int MOST_ACTIVE = 10;

    private final EventCatalog catalog;
    private final EventRouter router;
    private final Map<String, Replay> replays = new ConcurrentSkipListMap<>();
    private final BackgroundWork work = new BackgroundWork("events-replay", 1);

    ReplayOperations(EventCatalog catalog, EventRouter router) {
        this.catalog = catalog;
        this.router = router;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "StartReplay", this::start,
                "DescribeReplay", this::describe,
                "ListReplays", this::list,
                "CancelReplay", this::cancel);
    }

    @Override
    public void close() {
        work.close();
    }

    private JsonNode start(ObjectNode input, CallContext context) {
        String name = input.path("ReplayName").asText();
        if (!name.matches("[.\\-_A-Za-z0-9]{1,64}")) {
            throw AwsError.of(
                    "ValidationException",
                    "1 validation error detected: Value '" + name
                            + "' at 'replayName' failed to satisfy constraint: Member must satisfy regular expression"
                            + " pattern: [\\.\\-_A-Za-z0-9]+ and have length less than or equal to 64");
        }
        String source = input.path("EventSourceArn").asText();
        Archive archive = catalog.archives().get(source.substring(source.lastIndexOf('/') + 1));
        if (archive == null || !archive.json().path("ArchiveArn").asText().equals(source)) {
            throw EventCatalog.notFound("Archive " + source + " does not exist.");
        }
        JsonNode destination = input.path("Destination");
        if (!destination.path("Arn").asText().equals(archive.bus().arn())) {
            throw AwsError.of(
                    "ValidationException",
                    "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
        }
        Instant from = Times.of(input.path("EventStartTime"));
        Instant to = Times.of(input.path("EventEndTime"));
        if (!from.isBefore(to)) {
            throw AwsError.of(
                    "ValidationException",
                    "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
        }
        Set<String> rules = new TreeSet<>();
        destination.path("FilterArns").forEach(arn -> rules.add(arn.asText()));
        if (replays.values().stream().filter(Replay::isActive).count() >= MOST_ACTIVE) {
            throw AwsError.of("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
        }
        Replay replay = new Replay(json(input, name, from, to));
        if (replays.putIfAbsent(name, replay) != null) {
            throw AwsError.of("ResourceAlreadyExistsException", "Replay " + name + " already exists.");
        }
        List<BusEvent> events = archive.between(from, to);
        work.execute(() -> replay.run(archive.bus(), events, rules, router));
        return replay.with(List.of("ReplayArn", "State", "ReplayStartTime"));
    }

    private JsonNode describe(ObjectNode input, CallContext context) {
        return replay(input).json();
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        String prefix = input.path("NamePrefix").asText();
        String state = input.path("State").asText();
        List<ObjectNode> all = replays.values().stream()
                .map(Replay::json)
                .filter(json -> json.path("ReplayName").asText().startsWith(prefix))
                .filter(json -> state.isEmpty() || json.path("State").asText().equals(state))
                .map(json -> (ObjectNode) json.without(List.of("ReplayArn", "Destination", "Description")))
                .toList();
        return EventCatalog.page(input, all, "Replays");
    }

    private JsonNode cancel(ObjectNode input, CallContext context) {
        Replay replay = replay(input);
        if (!replay.cancel()) {
            throw AwsError.of(
                    "IllegalStatusException",
                    "Replay " + input.path("ReplayName").asText() + " is not in a valid state for this operation.");
        }
        return replay.with(List.of("ReplayArn", "State"));
    }

    private Replay replay(ObjectNode input) {
        String name = input.path("ReplayName").asText();
        Replay replay = replays.get(name);
        if (replay == null) {
            throw EventCatalog.notFound("Replay " + name + " does not exist.");
        }
        return replay;
    }

    private ObjectNode json(ObjectNode input, String name, Instant from, Instant to) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ReplayName", name).put("ReplayArn", catalog.settings().arn("events", "replay/" + name));
        EventCatalog.copy(input, json, List.of("Description", "EventSourceArn", "Destination"));
        json.put("EventStartTime", Times.seconds(from)).put("EventEndTime", Times.seconds(to));
        return json.put("State", "STARTING").put("ReplayStartTime", Times.seconds(Instant.now()));
    }
}
