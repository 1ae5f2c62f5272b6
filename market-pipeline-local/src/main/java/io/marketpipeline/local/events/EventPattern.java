package io.marketpipeline.local.events;

import io.marketpipeline.local.gateway.AwsError;
import java.util.List;
import software.amazon.event.ruler.GenericMachine;
import software.amazon.event.ruler.JsonRuleCompiler;

/** Event patterns, checked and matched by Amazon's own event-ruler. */
final class EventPattern {
    private static final int LONGEST = 4096;

    private EventPattern() {}

    /** Refuses a pattern that event-ruler doesn't take. */
    static void check(String pattern) {
        if (pattern.length() > LONGEST) {
            throw AwsError.of(
                    "InvalidEventPatternException", "Event pattern is longer than " + LONGEST + " characters.");
        }
        String problem = JsonRuleCompiler.check(pattern);
        if (problem != null) {
            throw AwsError.of("InvalidEventPatternException", "Event pattern is not valid. Reason: " + problem);
        }
    }

    /** Adds a checked pattern to a machine under a name. */
    static <T> void add(GenericMachine<T> machine, T name, String pattern) {
        try {
            machine.addRule(name, pattern);
        } catch (Exception e) {
            throw AwsError.of("InvalidEventPatternException", "Event pattern is not valid. Reason: " + e.getMessage());
        }
    }

    /** Whether an event matches a pattern. */
    static boolean matches(String pattern, String event) {
        GenericMachine<String> machine = GenericMachine.<String>builder().build();
        add(machine, "pattern", pattern);
        return !match(machine, event).isEmpty();
    }

    /** What an event matches in a machine. */
    static <T> List<T> match(GenericMachine<T> machine, String event) {
        try {
            return machine.rulesForJSONEvent(event);
        } catch (Exception e) {
            throw AwsError.of("MalformedDetail", "Detail is malformed.");
        }
    }
}
