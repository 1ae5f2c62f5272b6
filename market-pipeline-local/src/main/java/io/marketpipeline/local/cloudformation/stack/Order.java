package io.marketpipeline.local.cloudformation.stack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The order in which resources are deleted. */
final class Order {
    private Order() {}

    /** Each resource before those that it needs, otherwise the last made first. */
    static List<StackResource> dependentsFirst(List<StackResource> resources) {
        Set<StackResource> ordered = new LinkedHashSet<>();
        List<StackResource> left = new ArrayList<>(resources);
        Collections.reverse(left);
        while (!left.isEmpty()) {
            StackResource next = left.stream()
                    .filter(candidate -> left.stream()
                            .noneMatch(other -> !other.equals(candidate)
                                    && other.dependencies().contains(candidate.logicalId())))
                    .findFirst()
                    .orElse(left.get(0));
            ordered.add(next);
            left.remove(next);
        }
        return List.copyOf(ordered);
    }
}
