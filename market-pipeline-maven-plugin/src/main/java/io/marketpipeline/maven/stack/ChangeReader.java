package io.marketpipeline.maven.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.EvaluationType;
import software.amazon.awssdk.services.cloudformation.model.PolicyAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.RequiresRecreation;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.ResourceTargetDefinition;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftStatus;

/**
 * Reads what a change set does. Values come from the change set; where the endpoint gives none, from comparing the two
 * templates.
 */
final class ChangeReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PROPERTIES = "Properties";
    private static final Set<String> POLICIES = Set.of("DeletionPolicy", "UpdateReplacePolicy");

    private final Optional<TemplateDocument> deployed;
    private final TemplateDocument wanted;
    private final Secrets secrets;

    ChangeReader(Optional<TemplateDocument> deployed, TemplateDocument wanted, Secrets secrets) {
        this.deployed = deployed;
        this.wanted = wanted;
        this.secrets = secrets;
    }

    /** The changes in the order to show them. */
    List<Change> read(List<ResourceChange> changes) {
        Set<String> unsure = unsure(changes);
        return changes.stream()
                .map(change -> change(change, unsure))
                .sorted(Change.order())
                .toList();
    }

    /** What the new template would change, as far as the texts tell, without asking CloudFormation. */
    List<Change> fromTemplates() {
        Map<String, String> before = deployed.map(TemplateDocument::types).orElse(Map.of());
        Map<String, String> after = wanted.types();
        List<Change> changes = new ArrayList<>();
        after.forEach((id, type) -> {
            if (!type.equals(before.get(id))) {
                changes.add(new Change(
                        Change.Kind.ADD, id, "", type, List.of(), false, properties(none(), fromNew(id), Set.of())));
            } else {
                List<PropertyChange> different = properties(fromOld(id), fromNew(id), Set.of());
                if (!different.isEmpty()) {
                    changes.add(new Change(Change.Kind.MODIFY, id, "", type, tops(different), false, different));
                }
            }
        });
        before.forEach((id, type) -> {
            if (!type.equals(after.get(id))) {
                changes.add(new Change(Change.Kind.REMOVE, id, "", type, List.of(), stays(id), List.of()));
            }
        });
        return changes.stream().sorted(Change.order()).toList();
    }

    /**
     * Resources of which CloudFormation can't say beforehand whether they are replaced, and that may be: not those whose
     * only doubt is a reference to a resource that is itself changed in place.
     */
    private static Set<String> unsure(List<ResourceChange> changes) {
        Set<String> replaced = new HashSet<>();
        changes.stream()
                .filter(change -> change.replacement() == Replacement.TRUE)
                .forEach(change -> replaced.add(change.logicalResourceId()));
        Set<String> unsure = new HashSet<>();
        boolean grew = true;
        while (grew) {
            grew = false;
            for (ResourceChange change : changes) {
                if (change.replacement() == Replacement.CONDITIONAL
                        && !unsure.contains(change.logicalResourceId())
                        && change.details().stream()
                                .filter(detail -> recreates(detail))
                                .anyMatch(detail -> inDoubt(detail, replaced))) {
                    unsure.add(change.logicalResourceId());
                    replaced.add(change.logicalResourceId());
                    grew = true;
                }
            }
        }
        return unsure;
    }

    private static boolean inDoubt(ResourceChangeDetail detail, Set<String> replaced) {
        String entity = detail.causingEntity();
        if (detail.evaluation() != EvaluationType.DYNAMIC || entity == null || entity.isEmpty()) {
            return true;
        }
        int dot = entity.indexOf('.');
        return replaced.contains(dot < 0 ? entity : entity.substring(0, dot));
    }

    private static boolean recreates(ResourceChangeDetail detail) {
        return detail.target() == null
                || (detail.target().requiresRecreation() != RequiresRecreation.NEVER
                        && detail.target().requiresRecreation() != null);
    }

    private Change change(ResourceChange change, Set<String> unsure) {
        String id = change.logicalResourceId();
        Change.Kind kind = kind(change, unsure);
        Set<String> forcing = names(change, true);
        List<PropertyChange> properties =
                switch (kind) {
                    case REMOVE -> List.of();
                    case ADD, RECREATE, IMPORT ->
                        properties(none(), context(change.afterContext(), fromNew(id)), Set.of());
                    default ->
                        modified(change, kind == Change.Kind.MODIFY ? Set.of() : forcing).stream()
                                .map(one -> changedByHand(one, change))
                                .toList();
                };
        Set<String> all = names(change, false);
        Set<String> causes = kind == Change.Kind.REPLACE && !forcing.isEmpty() ? forcing : all;
        return new Change(
                kind,
                id,
                change.physicalResourceId() == null ? "" : change.physicalResourceId(),
                change.resourceType(),
                List.copyOf(
                        causes.isEmpty() && kind != Change.Kind.ADD && kind != Change.Kind.RECREATE
                                ? new TreeSet<>(tops(properties))
                                : causes),
                stays(change),
                properties);
    }

    /** Drift-aware change sets say of a property what was deployed, too. */
    private PropertyChange changedByHand(PropertyChange one, ResourceChange change) {
        String pointer = "/" + PROPERTIES + "/" + one.path().replace('.', '/');
        return change.details().stream()
                .map(ResourceChangeDetail::target)
                .filter(target -> target != null
                        && pointer.equals(target.path())
                        && target.drift() != null
                        && target.drift().previousValue() != null)
                .findFirst()
                .map(target -> one.changedByHandFrom(
                        secrets.shown(one.path(), target.drift().previousValue())))
                .orElse(one);
    }

    private static Change.Kind kind(ResourceChange change, Set<String> unsure) {
        if (change.resourceDriftStatus() == StackResourceDriftStatus.DELETED
                && change.action() != ChangeAction.REMOVE) {
            return Change.Kind.RECREATE;
        }
        return switch (change.action()) {
            case ADD -> Change.Kind.ADD;
            case IMPORT -> Change.Kind.IMPORT;
            case REMOVE -> Change.Kind.REMOVE;
            case SYNC_WITH_ACTUAL -> Change.Kind.SYNC;
            default -> {
                if (change.replacement() == Replacement.TRUE) {
                    yield Change.Kind.REPLACE;
                }
                boolean doubt = change.replacement() == Replacement.CONDITIONAL
                        && (!change.hasDetails() || unsure.contains(change.logicalResourceId()));
                yield doubt ? Change.Kind.MAY_REPLACE : Change.Kind.MODIFY;
            }
        };
    }

    private List<PropertyChange> modified(ResourceChange change, Set<String> forcing) {
        String id = change.logicalResourceId();
        boolean contexts = change.beforeContext() != null && change.afterContext() != null;
        JsonNode before = contexts ? parsed(change.beforeContext()) : fromOld(id);
        JsonNode after = contexts ? parsed(change.afterContext()) : fromNew(id);
        Map<String, PropertyChange> found = new TreeMap<>();
        properties(before, after, forcing).forEach(one -> found.put(one.path(), one));
        for (ResourceChangeDetail detail : change.details()) {
            String name = name(detail.target());
            boolean known = found.keySet().stream().anyMatch(path -> path.equals(name) || path.startsWith(name + "."));
            if (!known) {
                found.put(name, ofDetail(name, detail.target(), forcing.contains(name)));
            }
        }
        return List.copyOf(found.values());
    }

    /** A change without values of its own: a reference whose value is known only when the other resource has changed. */
    private PropertyChange ofDetail(String name, @Nullable ResourceTargetDefinition target, boolean replaces) {
        String before = target == null ? null : target.beforeValue();
        String after = target == null ? null : target.afterValue();
        return new PropertyChange(
                name,
                Optional.of(before == null ? "(as deployed)" : secrets.shown(name, before)),
                Optional.of(after == null ? "(known after deploy)" : secrets.shown(name, after)),
                replaces);
    }

    private List<PropertyChange> properties(JsonNode before, JsonNode after, Set<String> forcing) {
        Map<String, String> old = Flat.of(before);
        Map<String, String> fresh = Flat.of(after);
        Set<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(fresh.keySet());
        List<PropertyChange> changes = new ArrayList<>();
        for (String path : paths) {
            Optional<String> was = Optional.ofNullable(old.get(path));
            Optional<String> is = Optional.ofNullable(fresh.get(path));
            if (!was.equals(is)) {
                changes.add(new PropertyChange(
                        path,
                        was.map(value -> secrets.shown(path, value)),
                        is.map(value -> secrets.shown(path, value)),
                        forcing.contains(top(path))));
            }
        }
        return changes;
    }

    private boolean stays(ResourceChange change) {
        PolicyAction policy = change.policyAction();
        if (policy == null || policy == PolicyAction.UNKNOWN_TO_SDK_VERSION) {
            return change.replacement() == Replacement.TRUE
                    ? keeps(change.logicalResourceId(), "UpdateReplacePolicy")
                    : stays(change.logicalResourceId());
        }
        return policy != PolicyAction.DELETE && policy != PolicyAction.REPLACE_AND_DELETE;
    }

    private boolean stays(String id) {
        return keeps(id, "DeletionPolicy");
    }

    private boolean keeps(String id, String attribute) {
        String policy = deployed.map(
                        template -> template.attribute(id, attribute).asText(""))
                .orElse("");
        return policy.startsWith("Retain") || policy.equals("Snapshot");
    }

    private JsonNode fromOld(String id) {
        return deployed.map(template -> body(template, id)).orElse(none());
    }

    private JsonNode fromNew(String id) {
        return body(wanted, id);
    }

    private static JsonNode body(TemplateDocument template, String id) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        JsonNode properties = template.properties(id);
        if (properties instanceof ObjectNode object) {
            body.setAll(object);
        }
        POLICIES.forEach(policy -> {
            if (!template.attribute(id, policy).isMissingNode()) {
                body.set(policy, template.attribute(id, policy));
            }
        });
        return body;
    }

    private static JsonNode context(@Nullable String context, JsonNode otherwise) {
        return context == null ? otherwise : parsed(context);
    }

    /** Properties stand beside the other attributes, so that their paths begin with their own name. */
    private static JsonNode parsed(@Nullable String context) {
        if (context == null) {
            return none();
        }
        try {
            JsonNode tree = JSON.readTree(context);
            if (!(tree instanceof ObjectNode object)) {
                return none();
            }
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            if (object.remove(PROPERTIES) instanceof ObjectNode properties) {
                body.setAll(properties);
            }
            return body.setAll(object);
        } catch (JsonProcessingException e) {
            // Not AWS's form: the values are missing then, the names of the properties are still told.
            return none();
        }
    }

    private static JsonNode none() {
        return MissingNode.getInstance();
    }

    private static Set<String> names(ResourceChange change, boolean onlyForcing) {
        Set<String> names = new TreeSet<>();
        for (ResourceChangeDetail detail : change.details()) {
            if (detail.target() != null
                    && (!onlyForcing || detail.target().requiresRecreation() == RequiresRecreation.ALWAYS)) {
                names.add(name(detail.target()));
            }
        }
        return names;
    }

    private static String name(@Nullable ResourceTargetDefinition target) {
        if (target == null) {
            return PROPERTIES;
        }
        return target.name() == null ? String.valueOf(target.attributeAsString()) : target.name();
    }

    private static List<String> tops(List<PropertyChange> changes) {
        return List.copyOf(
                new TreeSet<>(changes.stream().map(change -> top(change.path())).toList()));
    }

    private static String top(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
