package io.marketpipeline.maven.stack;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.RequiresRecreation;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;

/**
 * What a change set does to one resource.
 *
 * @param kind what happens to it
 * @param logicalId its name in the template
 * @param type such as {@code AWS::DynamoDB::Table}
 * @param causes properties that change, sorted; where the resource is replaced, those that force it
 */
public record Change(Kind kind, String logicalId, String type, List<String> causes) {
    /** Kinds of change, in the order they are shown. */
    public enum Kind {
        ADD("+", ""),
        IMPORT("+", "exists already, taken over with its data"),
        MODIFY("~", ""),
        REPLACE("!", "REPLACED: a new one is made, the old one goes"),
        MAY_REPLACE("!", "may be replaced"),
        REMOVE("-", "");

        private final String mark;
        private final String meaning;

        Kind(String mark, String meaning) {
            this.mark = mark;
            this.meaning = meaning;
        }
    }

    public Change {
        causes = List.copyOf(causes);
    }

    static Change of(ResourceChange change) {
        Kind kind = kind(change);
        return new Change(kind, change.logicalResourceId(), change.resourceType(), causes(change, kind));
    }

    static Comparator<Change> order() {
        return Comparator.comparing((Change change) -> change.kind()).thenComparing(change -> change.logicalId());
    }

    /** One line: mark, name, type, and why. */
    public String line() {
        StringBuilder line = new StringBuilder(kind.mark + " " + logicalId + "  " + type);
        if (!kind.meaning.isEmpty()) {
            line.append("  ").append(kind.meaning);
        }
        if (!causes.isEmpty()) {
            line.append("  (").append(String.join(", ", causes)).append(")");
        }
        return line.toString();
    }

    private static Kind kind(ResourceChange change) {
        return switch (change.action()) {
            case ADD -> Kind.ADD;
            case IMPORT -> Kind.IMPORT;
            case REMOVE -> Kind.REMOVE;
            default ->
                change.replacement() == Replacement.TRUE
                        ? Kind.REPLACE
                        : change.replacement() == Replacement.CONDITIONAL ? Kind.MAY_REPLACE : Kind.MODIFY;
        };
    }

    private static List<String> causes(ResourceChange change, Kind kind) {
        if (!change.hasDetails()) {
            return List.of();
        }
        Set<String> all = names(change.details(), false);
        Set<String> forcing = names(change.details(), true);
        return (kind == Kind.REPLACE && !forcing.isEmpty() ? forcing : all)
                .stream().sorted().toList();
    }

    private static Set<String> names(List<ResourceChangeDetail> details, boolean onlyForcing) {
        return details.stream()
                .filter(detail -> detail.target() != null)
                .filter(detail -> !onlyForcing || detail.target().requiresRecreation() == RequiresRecreation.ALWAYS)
                .map(detail -> detail.target().name() == null
                        ? String.valueOf(detail.target().attributeAsString())
                        : detail.target().name())
                .collect(Collectors.toSet());
    }
}
