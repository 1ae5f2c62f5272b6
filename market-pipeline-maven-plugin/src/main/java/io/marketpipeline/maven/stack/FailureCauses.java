package io.marketpipeline.maven.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds, among a failed operation's events, those that others were only cancelled for. */
final class FailureCauses {
    private static final Pattern PROPERTY = Pattern.compile("#/(?:Properties/)?([A-Za-z0-9/]+)");

    private FailureCauses() {}

    /** Failures for a reason of their own, the first first, one for each resource. */
    static List<ResourceEvent> of(List<ResourceEvent> events) {
        Map<String, ResourceEvent> first = new LinkedHashMap<>();
        events.stream()
                .filter(ResourceEvent::ownFailure)
                // A rollback's own troubles come after, and because of, the first failure.
                .forEach(event -> first.putIfAbsent(event.logicalId(), event));
        return List.copyOf(first.values());
    }

    /** The causes in words, the first set apart from those that came with it. */
    static String words(List<ResourceEvent> events) {
        List<ResourceEvent> causes = of(events);
        if (causes.isEmpty()) {
            return stackReason(events);
        }
        StringBuilder words = new StringBuilder(sentence(causes.get(0)));
        for (ResourceEvent other : causes.subList(1, causes.size())) {
            words.append("\n  Failed as well: ").append(sentence(other));
        }
        return words.toString();
    }

    private static String sentence(ResourceEvent cause) {
        Matcher property = PROPERTY.matcher(cause.reason());
        return cause.logicalId()
                + " (" + cause.type()
                + (cause.physicalId().isEmpty() ? "" : " " + cause.physicalId())
                + ") "
                + cause.status()
                + (property.find() ? ", property " + property.group(1).replace('/', '.') : "")
                + ". AWS says: "
                + (cause.reason().isEmpty() ? "nothing" : cause.reason());
    }

    private static String stackReason(List<ResourceEvent> events) {
        return events.stream()
                .filter(ResourceEvent::ofStack)
                .filter(event -> !event.reason().isEmpty())
                .map(event -> event.logicalId() + " " + event.status() + ". AWS says: " + event.reason())
                .findFirst()
                .orElse("AWS gives no reason; see the stack's events in the CloudFormation console.");
    }
}
