package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.config.ElementPlaces;
import io.marketpipeline.maven.template.ElementOrigins;
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
    static String words(List<ResourceEvent> events, ElementPlaces places) {
        List<ResourceEvent> causes = of(events);
        if (causes.isEmpty()) {
            return stackReason(events);
        }
        StringBuilder words = new StringBuilder(sentence(causes.get(0), places));
        for (ResourceEvent other : causes.subList(1, causes.size())) {
            words.append("\n  Failed as well: ").append(sentence(other, places));
        }
        return words.toString();
    }

    /** What the configuration has to do with a failure, and what to do about it: lines of their own, or nothing. */
    static String advice(String type, String property, String reason, ElementPlaces places) {
        StringBuilder lines = new StringBuilder();
        ElementOrigins.element(type, property).ifPresent(element -> lines.append("\n  It comes from ")
                .append(element)
                .append(places.of(element).map(place -> " (" + place + ")").orElse("")));
        FailureAdvice.on(reason)
                .ifPresent(todo -> lines.append("\n  What to do: ").append(todo).append('.'));
        return lines.toString();
    }

    private static String sentence(ResourceEvent cause, ElementPlaces places) {
        Matcher path = PROPERTY.matcher(cause.reason());
        String property = path.find()
                ? path.group(1).replace('/', '.')
                : ElementOrigins.propertyIn(cause.type(), cause.reason()).orElse("");
        return cause.logicalId()
                + " (" + cause.type()
                + (cause.physicalId().isEmpty() ? "" : " " + cause.physicalId())
                + ") "
                + cause.status()
                + (property.isEmpty() ? "" : ", property " + property)
                + ". AWS says: "
                + (cause.reason().isEmpty() ? "nothing" : cause.reason())
                + advice(cause.type(), property.replaceAll("\\..*", ""), cause.reason(), places);
    }

    private static String stackReason(List<ResourceEvent> events) {
        return events.stream()
                .filter(ResourceEvent::ofStack)
                .filter(event -> !event.reason().isEmpty() && !event.beginsForward())
                .map(event -> event.reason().equals("User Initiated")
                        ? "somebody cancelled the update."
                        : event.logicalId() + " " + event.status() + ". AWS says: " + event.reason())
                .findFirst()
                .orElse("AWS gives no reason; see the stack's events in the CloudFormation console.");
    }
}
