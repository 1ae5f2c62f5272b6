package io.marketpipeline.local.cloudformation.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which resource needs which other ones first: those it refers to and those that {@code DependsOn} names. Immutable.
 *
 * @param direct by logical id, in the order of the template
 */
public record Dependencies(Map<String, Set<String>> direct) {

    /** The dependencies in a template. */
    public static Dependencies of(Template template) {
        Map<String, Set<String>> direct = new LinkedHashMap<>();
        template.resources().forEach((id, resource) -> {
            Set<String> needed = new LinkedHashSet<>(resource.dependsOn());
            References.find(resource.properties()).stream()
                    .map(Reference::target)
                    .filter(template.resources()::containsKey)
                    .forEach(needed::add);
            direct.put(id, Collections.unmodifiableSet(needed));
        });
        return new Dependencies(Collections.unmodifiableMap(direct));
    }

    /** What a resource needs directly; empty if it isn't known. */
    public Set<String> of(String logicalId) {
        return direct.getOrDefault(logicalId, Set.of());
    }

    /**
     * All resources, each after those that it needs, otherwise in the order of the template.
     *
     * @throws TemplateException if they form a circle, naming its members
     */
    public List<String> order() {
        Set<String> done = new LinkedHashSet<>();
        Deque<String> path = new ArrayDeque<>();
        direct.keySet().forEach(id -> visit(id, done, path));
        return List.copyOf(done);
    }

    private void visit(String id, Set<String> done, Deque<String> path) {
        if (done.contains(id)) {
            return;
        }
        if (path.contains(id)) {
            List<String> circle = new ArrayList<>(path);
            Collections.reverse(circle);
            throw new TemplateException(
                    "Circular dependency between resources: " + circle.subList(circle.indexOf(id), circle.size()));
        }
        path.push(id);
        of(id).forEach(needed -> visit(needed, done, path));
        path.pop();
        done.add(id);
    }
}
