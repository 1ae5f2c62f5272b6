package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Brings a stack to its specification through a change set. Not thread-safe. */
public final class StackDeployer {
    private static final Set<StackStatus> TEMPLATE_IN_EFFECT =
            Set.of(StackStatus.CREATE_COMPLETE, StackStatus.UPDATE_COMPLETE, StackStatus.IMPORT_COMPLETE);
    private static final Set<ResourceStatus> GONE =
            Set.of(ResourceStatus.DELETE_COMPLETE, ResourceStatus.DELETE_SKIPPED);

    private final CloudFormationClient cloudFormation;
    private final AwsFailures failures;
    private final StackListener listener;
    private final Pace pace;
    private final StackReader reader;
    private final ChangeSets changeSets;

    /** A deployer over the client, which stays the caller's. */
    public StackDeployer(
            CloudFormationClient cloudFormation, AwsFailures failures, TemplateUpload upload, StackListener listener) {
        this(cloudFormation, failures, upload, listener, Pace.real());
    }

    StackDeployer(
            CloudFormationClient cloudFormation,
            AwsFailures failures,
            TemplateUpload upload,
            StackListener listener,
            Pace pace) {
        this.cloudFormation = cloudFormation;
        this.failures = failures;
        this.listener = listener;
        this.pace = pace;
        this.reader = new StackReader(cloudFormation, failures);
        this.changeSets = new ChangeSets(cloudFormation, failures, upload, pace);
    }

    /**
     * Compares the stack with the specification by reading alone: the template it was given, its tags, its protection. A
     * stack whose last operation failed counts as different.
     *
     * @return the outputs where nothing differs
     */
    public Optional<Map<String, String>> unchanged(StackSpec spec) {
        return reader.find(spec.name())
                .filter(stack -> TEMPLATE_IN_EFFECT.contains(stack.stackStatus()))
                .filter(stack -> StackReader.tags(stack).equals(spec.tags()))
                .filter(stack -> StackReader.parameters(stack).equals(spec.parameters()))
                .filter(stack -> !spec.protection() || Boolean.TRUE.equals(stack.enableTerminationProtection()))
                .filter(stack -> reader.template(spec.name())
                        .strip()
                        .equals(spec.template().strip()))
                .map(StackReader::outputs);
    }

    /**
     * Creates or updates the stack and waits for the end. An operation under way is waited for; what a failed first
     * creation left behind is removed where nothing is in it.
     *
     * @throws StackException where the stack can't be deployed in its state, or the deployment fails
     */
    public StackResult deploy(StackSpec spec) throws InterruptedException {
        Instant start = pace.now();
        boolean create = readyFor(spec.name());
        listener.step("Asking CloudFormation what changes in stack " + spec.name());
        Optional<ReadyChangeSet> changeSet = changeSets.prepare(spec, create);
        if (changeSet.isPresent()) {
            listener.changes(changeSet.get().changes());
            apply(spec, changeSet.get(), create);
        }
        protect(spec);
        Map<String, String> outputs = reader.outputs(spec.name()).orElse(Map.of());
        StackResult.Kind kind = create ? StackResult.Kind.CREATED : StackResult.Kind.UPDATED;
        return new StackResult(
                changeSet.isPresent() ? kind : StackResult.Kind.UNCHANGED,
                outputs,
                Duration.between(start, pace.now()));
    }

    private void apply(StackSpec spec, ReadyChangeSet changeSet, boolean create) throws InterruptedException {
        StackWatch watch = StackWatch.from(reader, listener, pace, changeSet.stackId());
        changeSets.execute(changeSet);
        StackStatus end = watch.untilSettled();
        if (!TEMPLATE_IN_EFFECT.contains(end)) {
            throw new StackException("Stack " + spec.name() + " was not " + (create ? "created" : "updated") + ": "
                    + FailureCauses.words(watch.events()) + "\n" + afterFailure(spec.name(), end));
        }
    }

    private static String afterFailure(String name, StackStatus end) {
        return switch (end) {
            case ROLLBACK_COMPLETE ->
                "What had been made was removed again. Mend the cause and run the goal again: it removes the empty stack"
                        + " and starts afresh.";
            case UPDATE_ROLLBACK_COMPLETE -> "The stack is as it was before. Mend the cause and run the goal again.";
            case UPDATE_ROLLBACK_FAILED -> "The way back failed, too (" + end + "). " + stuckAdvice(name, end);
            default -> "The stack is " + end + " now. Mend the cause and run the goal again.";
        };
    }

    /** Brings the stack into a state that can be deployed to. True where it has to be created. */
    private boolean readyFor(String name) throws InterruptedException {
        Optional<Stack> stack = settled(name);
        StackCondition condition =
                stack.map(s -> StackCondition.of(s.stackStatus())).orElse(StackCondition.ABSENT);
        return switch (condition) {
            case ABSENT, EMPTY -> true;
            case READY -> false;
            case FAILED_CREATE -> {
                removeFailedCreate(stack.orElseThrow());
                yield true;
            }
            case STUCK, BUSY ->
                throw new StackException("Stack " + name + " is "
                        + stack.orElseThrow().stackStatus() + " and can't be deployed to. "
                        + stuckAdvice(name, stack.orElseThrow().stackStatus()));
        };
    }

    private Optional<Stack> settled(String name) throws InterruptedException {
        Optional<Stack> stack = reader.find(name);
        if (stack.isPresent() && StackCondition.of(stack.get().stackStatus()) == StackCondition.BUSY) {
            listener.note("Stack " + name + " is " + stack.get().stackStatus()
                    + " by another operation; waiting for its end");
            StackWatch.from(reader, listener, pace, stack.get().stackId()).untilSettled();
            return reader.find(name);
        }
        return stack;
    }

    private void removeFailedCreate(Stack stack) throws InterruptedException {
        List<String> held = reader.resources(stack.stackId()).stream()
                .filter(resource -> !GONE.contains(resource.resourceStatus()))
                .filter(resource -> resource.physicalResourceId() != null
                        && !resource.physicalResourceId().isEmpty())
                .map(StackResourceSummary::logicalResourceId)
                .toList();
        if (!held.isEmpty()) {
            throw new StackException("Stack " + stack.stackName() + " is " + stack.stackStatus()
                    + ": its first creation failed, and it still holds " + String.join(", ", held)
                    + ". It can only be deleted, which could take data with it. Look at what it holds, then run"
                    + " `mvn market-pipeline:destroy` (which keeps the tables) and deploy again.");
        }
        listener.note("Stack " + stack.stackName() + " is " + stack.stackStatus()
                + ": its first creation failed, and it holds nothing. Removing it and creating it anew");
        StackWatch watch = StackWatch.from(reader, listener, pace, stack.stackId());
        failures.during(
                "delete stack " + stack.stackName(),
                () -> cloudFormation.deleteStack(request -> request.stackName(stack.stackId())));
        watch.untilSettled();
    }

    // A change set has no say in it.
    private void protect(StackSpec spec) {
        boolean on = reader.find(spec.name())
                .map(Stack::enableTerminationProtection)
                .filter(Boolean.TRUE::equals)
                .isPresent();
        if (on != spec.protection()) {
            failures.during(
                    "set termination protection of stack " + spec.name(),
                    () -> cloudFormation.updateTerminationProtection(
                            request -> request.stackName(spec.name()).enableTerminationProtection(spec.protection())));
            listener.note("Termination protection is " + (spec.protection() ? "on" : "off"));
        }
    }

    private static String stuckAdvice(String name, StackStatus status) {
        return switch (status) {
            case UPDATE_ROLLBACK_FAILED ->
                "Mend what the rollback stumbled over (see the stack's events), then run `aws cloudformation"
                        + " continue-update-rollback --stack-name " + name + "` and deploy again.";
            case DELETE_FAILED -> "Run `mvn market-pipeline:destroy` again; it names what can't be deleted.";
            default -> "Look at its events in the CloudFormation console, and deploy again when it has settled.";
        };
    }
}
