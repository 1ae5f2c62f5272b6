package io.marketpipeline.maven.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Probes of a new rule, sent in rounds. EventBridge has many hosts, each of which learns of the rule by itself: the rule works
 * once all of a round have come, however late. Some of one and some of another may have met the same hosts. Not thread-safe.
 */
final class ProbeRounds {
    /** A request takes so many. */
    static final int AT_ONCE = 10;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROUND = "round";
    private static final String PROBE = "probe";

    private final Map<Long, Set<Long>> came = new HashMap<>();
    private long rounds;

    /** The details of another round's probes. */
    List<String> next() {
        rounds++;
        return IntStream.range(0, AT_ONCE)
                .mapToObj(probe -> JsonNodeFactory.instance
                        .objectNode()
                        .put(ROUND, rounds)
                        .put(PROBE, probe)
                        .toString())
                .toList();
    }

    /** Notes that an envelope came; one that comes twice counts once. */
    void came(String envelope) {
        JsonNode detail;
        try {
            detail = JSON.readTree(envelope).path("detail");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("EventBridge sent what isn't JSON: " + envelope, e);
        }
        came.computeIfAbsent(detail.path(ROUND).asLong(), round -> new HashSet<>())
                .add(detail.path(PROBE).asLong());
    }

    /** Whether all of a round have come. */
    boolean isComplete() {
        return came.values().stream().anyMatch(probes -> probes.size() >= AT_ONCE);
    }
}
