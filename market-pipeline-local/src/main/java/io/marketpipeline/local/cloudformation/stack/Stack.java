package io.marketpipeline.local.cloudformation.stack;

import io.marketpipeline.local.cloudformation.template.Template;
import io.marketpipeline.local.gateway.AwsError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A stack: its status, resources and history. Thread-safe; what it hands out are copies. */
public final class Stack {
    /** The status of a stack that only has change sets. */
    public static final String REVIEW = "REVIEW_IN_PROGRESS";

    private static final String IN_PROGRESS = "_IN_PROGRESS";

    private final String id;
    private final String name;
    private final Instant created = Instant.now();
    private final List<StackEvent> events = new ArrayList<>();
    private final Map<String, StackResource> resources = new LinkedHashMap<>();
    private String status = "";
    private String reason = "";
    private String operationId = "";
    private String clientToken = "";
    private Optional<Deployable> deployed = Optional.empty();
    private Optional<Instant> updated = Optional.empty();
    private Optional<Instant> deleted = Optional.empty();
    private List<Output> outputs = List.of();
    private List<Undo> pendingUndo = List.of();
    private Settings settings = new Settings("", List.of(), false, OnFailure.ROLLBACK);
    private boolean cancelRequested;
    private final Map<String, ResourceDrift> drifts = new LinkedHashMap<>();

    /**
     * What requests say of a stack besides its template.
     *
     * @param changeSetId the change set that it came from last; empty if none
     * @param capabilities those acknowledged last
     * @param retainExceptOnCreate whether a rollback deletes what the operation has just made, also where its policy
     *     retains it
     */
    public record Settings(
            String changeSetId,
            List<String> capabilities,
            boolean terminationProtection,
            OnFailure onFailure,
            boolean retainExceptOnCreate) {
        /** Settings that leave policies as they are. */
        public Settings(
                String changeSetId, List<String> capabilities, boolean terminationProtection, OnFailure onFailure) {
            this(changeSetId, capabilities, terminationProtection, onFailure, false);
        }

        /** The same with other protection. */
        public Settings withTerminationProtection(boolean on) {
            return new Settings(changeSetId, capabilities, on, onFailure, retainExceptOnCreate);
        }

        /** The same with another say on what a rollback deletes. */
        public Settings withRetainExceptOnCreate(boolean on) {
            return new Settings(changeSetId, capabilities, terminationProtection, onFailure, on);
        }
    }

    Stack(String id, String name) {
        this.id = id;
        this.name = name;
    }

    /** The stack's ARN. */
    public String id() {
        return id;
    }

    /** The stack's name. */
    public String name() {
        return name;
    }

    /** When it was made. */
    public Instant created() {
        return created;
    }

    /** Such as {@code UPDATE_COMPLETE}. */
    public synchronized String status() {
        return status;
    }

    /** Why; empty if there is nothing to say. */
    public synchronized String reason() {
        return reason;
    }

    /** When an update began last. */
    public synchronized Optional<Instant> updated() {
        return updated;
    }

    /** When it was deleted. */
    public synchronized Optional<Instant> deleted() {
        return deleted;
    }

    /** What was deployed last; a failed deployment isn't. */
    public synchronized Optional<Deployable> deployed() {
        return deployed;
    }

    /** The template deployed last. */
    public Optional<Template> template() {
        return deployed().map(Deployable::template);
    }

    /** Its outputs. */
    public synchronized List<Output> outputs() {
        return outputs;
    }

    /** What drift detection found, by logical id; resources that were never looked at, or changed since, are missing. */
    public synchronized Map<String, ResourceDrift> drifts() {
        return new LinkedHashMap<>(drifts);
    }

    /** Notes what drift detection found of some resources. */
    public synchronized void drifts(Collection<ResourceDrift> found) {
        found.forEach(drift -> drifts.put(drift.resource().logicalId(), drift));
        drifts.keySet().retainAll(resources.keySet());
    }

    /** AWS's drift status of the stack. */
    public synchronized String driftStatus() {
        if (drifts.isEmpty()) {
            return "NOT_CHECKED";
        }
        return drifts.values().stream().anyMatch(drift -> drift.status().drifted()) ? "DRIFTED" : "IN_SYNC";
    }

    /** What requests said of it. */
    public synchronized Settings settings() {
        return settings;
    }

    /** Replaces what requests said of it. */
    public synchronized void settings(Settings value) {
        settings = value;
    }

    /** Its resources, in the order in which they were made. */
    public synchronized List<StackResource> resources() {
        return List.copyOf(resources.values());
    }

    /** A resource by its logical id. */
    public synchronized Optional<StackResource> resource(String logicalId) {
        return Optional.ofNullable(resources.get(logicalId));
    }

    /** What happened, the oldest first. */
    public synchronized List<StackEvent> events() {
        return List.copyOf(events);
    }

    /** The operation that runs, or ran last. */
    public synchronized String operationId() {
        return operationId;
    }

    /** Whether an operation runs. */
    public synchronized boolean busy() {
        return status.endsWith(IN_PROGRESS) && !status.equals(REVIEW);
    }

    /**
     * Begins an operation.
     *
     * @throws AwsError if another one runs, or the stack's status allows no update
     */
    synchronized void begin(String newStatus, String token, String why) {
        if (busy()) {
            throw AwsError.of("ValidationError", "Stack:" + id + " is in " + status + " state and can not be updated.");
        }
        operationId = UUID.randomUUID().toString();
        clientToken = token;
        cancelRequested = false;
        if (newStatus.startsWith("UPDATE")) {
            updated = Optional.of(Instant.now());
        }
        status(newStatus, why);
    }

    synchronized void status(String newStatus, String why) {
        status = newStatus;
        reason = why;
        event(name, id, StackEvent.STACK, newStatus, why, "");
        if (newStatus.equals("DELETE_COMPLETE")) {
            deleted = Optional.of(Instant.now());
        }
        notifyAll();
    }

    synchronized void put(StackResource resource, String newStatus, String why) {
        StackResource now = resource.withStatus(newStatus, why);
        resources.put(resource.logicalId(), now);
        drifts.remove(resource.logicalId());
        event(now);
    }

    /** Replaces a resource without anything having happened to it. */
    synchronized void keep(StackResource resource) {
        resources.put(resource.logicalId(), resource);
    }

    /** Notes what happens to a resource that the stack has given up already. */
    synchronized void note(StackResource resource, String itsStatus, String why) {
        event(resource.withStatus(itsStatus, why));
    }

    synchronized void remove(String logicalId) {
        resources.remove(logicalId);
    }

    synchronized void deployed(Deployable now, List<Output> newOutputs, Collection<String> order) {
        deployed = Optional.of(now);
        outputs = List.copyOf(newOutputs);
        Map<String, StackResource> ordered = new LinkedHashMap<>();
        order.forEach(logicalId -> {
            StackResource resource = resources.remove(logicalId);
            if (resource != null) {
                ordered.put(logicalId, resource);
            }
        });
        ordered.putAll(resources);
        resources.clear();
        resources.putAll(ordered);
    }

    synchronized List<Undo> pendingUndo() {
        return pendingUndo;
    }

    synchronized void pendingUndo(List<Undo> undo) {
        pendingUndo = List.copyOf(undo);
    }

    /** Asks the update that runs to roll back. */
    public synchronized void cancel() {
        if (!status.equals("UPDATE_IN_PROGRESS")) {
            throw AwsError.of("ValidationError", "CancelUpdateStack cannot be called from current stack status");
        }
        cancelRequested = true;
    }

    synchronized boolean cancelRequested() {
        return cancelRequested;
    }

    private void event(StackResource resource) {
        event(
                resource.logicalId(),
                resource.physicalId(),
                resource.type(),
                resource.status(),
                resource.reason(),
                resource.properties().toString());
    }

    private void event(
            String logicalId, String physicalId, String type, String itsStatus, String why, String properties) {
        events.add(new StackEvent(
                UUID.randomUUID().toString(),
                operationId,
                Instant.now(),
                logicalId,
                physicalId,
                type,
                itsStatus,
                why,
                properties,
                clientToken));
    }
}
