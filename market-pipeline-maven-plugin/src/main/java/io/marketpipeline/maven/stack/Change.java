package io.marketpipeline.maven.stack;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a change set does to one resource.
 *
 * @param kind what happens to it
 * @param logicalId its name in the template
 * @param physicalId its own name or id; empty where it isn't there yet
 * @param type such as {@code AWS::DynamoDB::Table}
 * @param causes properties that change, sorted; where the resource is replaced, those that force it
 * @param oldStays whether the old resource outlives its removal or replacement
 * @param properties values that change, sorted by path; those of a new resource
 * @param contents how much it holds, such as {@code 12 at the moment}; empty where nobody has counted
 */
public record Change(
        Kind kind,
        String logicalId,
        String physicalId,
        String type,
        List<String> causes,
        boolean oldStays,
        List<PropertyChange> properties,
        Optional<String> contents) {
    /** Kinds of change, in the order they are shown. */
    public enum Kind {
        ADD("+", ""),
        RECREATE("+", "was deleted by hand, is made anew"),
        IMPORT("+", "exists already, taken over with its data"),
        MODIFY("~", ""),
        REPLACE("!", "REPLACED: a new one is made, the old one "),
        MAY_REPLACE("!", "may be replaced"),
        REMOVE("-", ""),
        SYNC("=", "was changed by hand to what the configuration now says, stays as it is");

        private final String mark;
        private final String meaning;

        Kind(String mark, String meaning) {
            this.mark = mark;
            this.meaning = meaning;
        }
    }

    public Change {
        causes = List.copyOf(causes);
        properties = List.copyOf(properties);
    }

    /** A change of a resource whose contents nobody has counted. */
    Change(
            Kind kind,
            String logicalId,
            String physicalId,
            String type,
            List<String> causes,
            boolean oldStays,
            List<PropertyChange> properties) {
        this(kind, logicalId, physicalId, type, causes, oldStays, properties, Optional.empty());
    }

    /** The same where it loses data, with how much. */
    Change counted(Holdings holdings) {
        return losesData()
                ? new Change(kind, logicalId, physicalId, type, causes, oldStays, properties, holdings.of(this))
                : this;
    }

    static Comparator<Change> order() {
        return Comparator.comparing((Change change) -> change.kind()).thenComparing(change -> change.logicalId());
    }

    /** Whether another resource may take the place of this one. */
    boolean replaces() {
        return kind == Kind.REPLACE || kind == Kind.MAY_REPLACE;
    }

    /**
     * Whether data goes, or is no longer where the pipeline looks for it: a resource that holds data is replaced, or is
     * deleted and does not stay behind.
     */
    public boolean losesData() {
        return DataHolders.held(type).isPresent() && (replaces() || (kind == Kind.REMOVE && !oldStays));
    }

    /** One line: mark, name, type, and why. */
    public String line() {
        StringBuilder line = new StringBuilder(kind.mark + " " + logicalId + "  " + type);
        String meaning = meaning();
        if (!meaning.isEmpty()) {
            line.append("  ").append(meaning);
        }
        if (!causes.isEmpty()) {
            line.append("  (").append(String.join(", ", causes)).append(")");
        }
        return line.toString();
    }

    private String meaning() {
        if (kind == Kind.REPLACE) {
            return kind.meaning + (oldStays ? "stays behind" : "goes");
        }
        return kind == Kind.REMOVE && oldStays ? "leaves the stack and is kept" : kind.meaning;
    }
}
