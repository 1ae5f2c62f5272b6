package io.marketpipeline.local.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.GenericMachine;

/**
 * A bus with its rules and the machine that finds those that match. The machine is built anew for each change, since
 * event-ruler doesn't forget all of a deleted rule (its issues 255 and 259). Thread-safe.
 */
final class EventBus {
    private final String name;
    private final String arn;
    private final Map<String, Rule> rules = new ConcurrentSkipListMap<>();
    private final Map<String, ObjectNode> statements = new TreeMap<>();
    private volatile ObjectNode settings;
    private volatile GenericMachine<String> machine =
            GenericMachine.<String>builder().build();

    EventBus(String name, String arn, ObjectNode settings) {
        this.name = name;
        this.arn = arn;
        this.settings = settings;
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    /** Description, KMS key, dead-letter queue and log settings, as given; dates. */
    ObjectNode settings() {
        return settings;
    }

    void settings(ObjectNode newSettings) {
        settings = newSettings;
    }

    /** Statements of the bus's policy by id; to be used under this object's lock. */
    Map<String, ObjectNode> statements() {
        return statements;
    }

    @Nullable
    Rule rule(String ruleName) {
        return rules.get(ruleName);
    }

    List<Rule> rules() {
        return new ArrayList<>(rules.values());
    }

    synchronized void put(Rule rule) {
        rules.put(rule.name(), rule);
        rebuild();
    }

    synchronized void remove(String ruleName) {
        rules.remove(ruleName);
        rebuild();
    }

    /** Changes a rule in one step; nothing happens if it is gone. */
    synchronized void change(String ruleName, UnaryOperator<Rule> change) {
        Rule rule = rules.get(ruleName);
        if (rule != null) {
            put(change.apply(rule));
        }
    }

    /** The enabled rules that an event matches. */
    List<Rule> matching(String envelope) {
        List<String> names = EventPattern.match(machine, envelope);
        List<Rule> matching = new ArrayList<>(names.size());
        for (String ruleName : names) {
            Rule rule = rules.get(ruleName);
            if (rule != null) {
                matching.add(rule);
            }
        }
        return matching;
    }

    private void rebuild() {
        GenericMachine<String> built = GenericMachine.<String>builder().build();
        for (Rule rule : rules.values()) {
            if (rule.enabled() && !rule.pattern().isEmpty()) {
                EventPattern.add(built, rule.name(), rule.pattern());
            }
        }
        machine = built;
    }
}
