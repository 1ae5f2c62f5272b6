package io.marketpipeline.local.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A rule of a bus. Immutable: a change makes another one.
 *
 * @param json the members of the API's rule but for targets; never changed
 * @param pattern the event pattern; empty for a rule with a schedule only
 */
record Rule(ObjectNode json, String pattern, List<Target> targets) {
    String name() {
        return json.path("Name").asText();
    }

    String arn() {
        return json.path("Arn").asText();
    }

    boolean enabled() {
        return !json.path("State").asText().equals("DISABLED");
    }

    Rule withTargets(List<Target> newTargets) {
        return new Rule(json, pattern, List.copyOf(newTargets));
    }
}
