package io.marketpipeline.local.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One replay and how far it is. Thread-safe. */
final class Replay {
    private final ObjectNode json;
    private boolean cancelled;

    Replay(ObjectNode json) {
        this.json = json;
    }

    synchronized ObjectNode json() {
        return json.deepCopy();
    }

    synchronized ObjectNode with(List<String> members) {
        ObjectNode some = JsonNodeFactory.instance.objectNode();
        EventCatalog.copy(json, some, members);
        return some;
    }

    synchronized boolean isActive() {
        return !json.has("ReplayEndTime");
    }

    /** Sends the events; returns when all are on their way, or when it was cancelled. */
    void run(EventBus bus, List<BusEvent> events, Set<String> rules, EventRouter router) {
        state("RUNNING");
        String name = json().path("ReplayName").asText();
        try {
            for (BusEvent event : events) {
                if (isCancelled()) {
                    break;
                }
                router.replay(bus, event.replayed(name), rules);
                passed(event.time());
            }
            end("COMPLETED", "");
        } catch (RuntimeException e) {
            end("FAILED", e.toString());
        }
    }

    private synchronized void end(String state, String reason) {
        json.put("State", cancelled ? "CANCELLED" : state);
        if (!reason.isEmpty()) {
            json.put("StateReason", reason);
        }
        json.put("ReplayEndTime", Times.seconds(Instant.now()));
    }

    /** Asks it to stop; false if it has ended already. */
    synchronized boolean cancel() {
        String state = json.path("State").asText();
        if (!state.equals("STARTING") && !state.equals("RUNNING")) {
            return false;
        }
        cancelled = true;
        json.put("State", "CANCELLING");
        return true;
    }

    private synchronized void state(String state) {
        if (!cancelled) {
            json.put("State", state);
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private synchronized void passed(Instant time) {
        json.put("EventLastReplayedTime", Times.seconds(time));
    }
}
