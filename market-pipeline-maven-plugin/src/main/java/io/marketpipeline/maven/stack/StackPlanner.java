package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.AwsFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Finds out what a deploy would do: through a change set that is deleted again, and with it the empty stack that
 * CloudFormation makes for a first one. Not thread-safe.
 */
public final class StackPlanner {
    private final StackListener listener;
    private final Pace pace;
    private final StackReader reader;
    private final ChangeSets changeSets;

    /** A planner over the clients, which stay the caller's. */
    public StackPlanner(AwsClients clients, TemplateUpload upload, StackListener listener) {
        this(clients.cloudFormation(), clients.failures(), upload, new QueuedMessages(clients), listener, Pace.real());
    }

    StackPlanner(
            CloudFormationClient cloudFormation,
            AwsFailures failures,
            TemplateUpload upload,
            Holdings holdings,
            StackListener listener,
            Pace pace) {
        this.listener = listener;
        this.pace = pace;
        this.reader = new StackReader(cloudFormation, failures);
        this.changeSets = new ChangeSets(cloudFormation, failures, upload, holdings, pace);
    }

    /**
     * What deploying the specification would do.
     *
     * @throws StackException where CloudFormation refuses the template, or somebody changes the stack and that isn't to be
     *     waited for
     */
    public Plan plan(StackSpec spec, DeployOptions options) throws InterruptedException {
        Optional<Stack> stack = new StackTurn(reader, listener, pace, options).await(spec.name());
        StackCondition condition =
                stack.map(found -> StackCondition.of(found.stackStatus())).orElse(StackCondition.ABSENT);
        return switch (condition) {
            case ABSENT, EMPTY, READY -> asked(spec, stack, condition, options);
            case FAILED_CREATE ->
                compared(
                        spec,
                        Optional.empty(),
                        List.of(
                                "Stack " + spec.name() + " is "
                                        + stack.orElseThrow().stackStatus()
                                        + ": its first creation failed. A deploy removes what is left of it and starts afresh"));
            case STUCK, BUSY ->
                compared(
                        spec,
                        stack,
                        List.of(
                                "Stack " + spec.name() + " is "
                                        + stack.orElseThrow().stackStatus()
                                        + ", so CloudFormation can't be asked: this is the difference between the two templates"));
        };
    }

    /** The plan that the templates alone give, for where CloudFormation can't be asked. */
    Plan compared(StackSpec spec, Optional<Stack> stack, List<String> notes) {
        Optional<TemplateDocument> deployed =
                stack.map(found -> TemplateDocument.of(reader.template(found.stackName())));
        List<Change> changes =
                new ChangeReader(deployed, TemplateDocument.of(spec.template()), spec.secrets()).fromTemplates();
        return new Plan(spec.name(), stack.isEmpty(), changes, stackChanges(spec, stack), notes);
    }

    private Plan asked(StackSpec spec, Optional<Stack> stack, StackCondition condition, DeployOptions options)
            throws InterruptedException {
        listener.step("Asking CloudFormation what would change in stack " + spec.name());
        Optional<ReadyChangeSet> changeSet = changeSets.prepare(spec, condition, options);
        Optional<Stack> deployed = stack.filter(found -> condition == StackCondition.READY);
        if (changeSet.isEmpty()) {
            return new Plan(spec.name(), false, List.of(), protection(spec, deployed), List.of());
        }
        TidyUp always = TidyUp.with(() -> changeSets.discard(changeSet.get(), condition == StackCondition.ABSENT));
        try {
            List<String> notes = new ArrayList<>();
            deployed.ifPresent(found -> notes.addAll(IndexStages.notes(
                    TemplateDocument.of(reader.template(spec.name())), TemplateDocument.of(spec.template()))));
            return new Plan(
                    spec.name(),
                    condition != StackCondition.READY,
                    changeSet.get().changes(),
                    stackChanges(spec, deployed),
                    notes);
        } finally {
            always.now();
        }
    }

    private static List<PropertyChange> stackChanges(StackSpec spec, Optional<Stack> stack) {
        if (stack.isEmpty()) {
            return List.of();
        }
        List<PropertyChange> changes = new ArrayList<>();
        differ("Tags", StackReader.tags(stack.get()), spec.tags(), spec.secrets(), changes);
        differ("Parameters", StackReader.parameters(stack.get()), spec.parameters(), spec.secrets(), changes);
        changes.addAll(protection(spec, stack));
        return changes;
    }

    private static List<PropertyChange> protection(StackSpec spec, Optional<Stack> stack) {
        boolean on = stack.map(found -> Boolean.TRUE.equals(found.enableTerminationProtection()))
                .orElse(false);
        return stack.isEmpty() || on == spec.protection()
                ? List.of()
                : List.of(new PropertyChange(
                        "TerminationProtection",
                        Optional.of(Boolean.toString(on)),
                        Optional.of(Boolean.toString(spec.protection())),
                        false));
    }

    private static void differ(
            String what,
            Map<String, String> before,
            Map<String, String> after,
            Secrets secrets,
            List<PropertyChange> changes) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            Optional<String> was = Optional.ofNullable(before.get(key));
            Optional<String> is = Optional.ofNullable(after.get(key));
            if (!was.equals(is)) {
                String path = what + "." + key;
                changes.add(new PropertyChange(
                        path,
                        was.map(value -> secrets.shown(path, value)),
                        is.map(value -> secrets.shown(path, value)),
                        false));
            }
        }
    }
}
