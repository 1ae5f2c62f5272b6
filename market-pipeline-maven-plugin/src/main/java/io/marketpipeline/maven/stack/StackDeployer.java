package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.AwsFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** A deployer over the clients, which stay the caller's. */
    public StackDeployer(AwsClients clients, TemplateUpload upload, StackListener listener) {
        this(clients.cloudFormation(), clients.failures(), upload, new QueuedMessages(clients), listener, Pace.real());
    }

    StackDeployer(
            CloudFormationClient cloudFormation,
            AwsFailures failures,
            TemplateUpload upload,
            Holdings holdings,
            StackListener listener,
            Pace pace) {
        this.cloudFormation = cloudFormation;
        this.failures = failures;
        this.listener = listener;
        this.pace = pace;
        this.reader = new StackReader(cloudFormation, failures);
        this.changeSets = new ChangeSets(cloudFormation, failures, upload, holdings, pace);
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
     * Creates or updates the stack and waits for the end. What a failed first creation left behind is removed where
     * nothing is in it; changes of indexes that CloudFormation doesn't take at once are made one after the other.
     *
     * @throws StackException where the stack can't be deployed in its state, data would be lost, or the deployment fails
     */
    public StackResult deploy(StackSpec spec, DeployOptions options) throws InterruptedException {
        Instant start = pace.now();
        StackCondition condition = readyFor(spec.name(), options);
        boolean create = condition != StackCondition.READY;
        listener.step("Asking CloudFormation what changes in stack " + spec.name());
        Optional<ReadyChangeSet> changeSet = changeSets.prepare(spec, condition, options);
        if (changeSet.isPresent()) {
            listener.changes(changeSet.get().changes());
            refuseDataLoss(spec, changeSet.get(), options);
            Optional<ReadyChangeSet> last = create ? changeSet : afterStages(spec, changeSet.get(), options);
            if (last.isPresent()) {
                apply(spec, last.get(), create, options);
            }
        }
        protect(spec);
        Map<String, String> outputs = reader.outputs(spec.name()).orElse(Map.of());
        StackResult.Kind kind = create ? StackResult.Kind.CREATED : StackResult.Kind.UPDATED;
        return new StackResult(
                changeSet.isPresent() ? kind : StackResult.Kind.UNCHANGED,
                outputs,
                Duration.between(start, pace.now()));
    }

    private void refuseDataLoss(StackSpec spec, ReadyChangeSet changeSet, DeployOptions options)
            throws InterruptedException {
        List<Change> losses =
                changeSet.changes().stream().filter(Change::losesData).toList();
        if (losses.isEmpty() || options.allowDataLoss()) {
            return;
        }
        changeSets.discard(changeSet, false);
        throw new StackException("Stack " + spec.name() + " was not touched: the deploy would lose data.\n"
                + losses.stream().map(DataHolders::sentence).collect(Collectors.joining("\n"))
                + "\nTake back the change of the configuration that does it (`" + command("plan")
                + "` shows old and new"
                + " values), or, if the data may go, run the goal again with -DallowDataLoss.");
    }

    /** Makes the updates that must come first; then the change set for what is left. */
    private Optional<ReadyChangeSet> afterStages(StackSpec spec, ReadyChangeSet whole, DeployOptions options)
            throws InterruptedException {
        List<IndexStages.Stage> stages = IndexStages.before(
                TemplateDocument.of(reader.template(spec.name())), TemplateDocument.of(spec.template()));
        if (stages.isEmpty()) {
            return Optional.of(whole);
        }
        changeSets.discard(whole, false);
        listener.note("DynamoDB changes one index of a table at a time, so this takes " + (stages.size() + 1)
                + " updates; the first " + stages.size() + " change indexes and nothing else");
        Stack stack = reader.find(spec.name()).orElseThrow();
        for (int i = 0; i < stages.size(); i++) {
            IndexStages.Stage stage = stages.get(i);
            listener.step("Update " + (i + 1) + " of " + (stages.size() + 1) + ": " + stage.what());
            StackSpec staged = new StackSpec(
                    spec.name(),
                    stage.template(),
                    StackReader.parameters(stack),
                    StackReader.tags(stack),
                    spec.protection());
            Optional<ReadyChangeSet> changeSet =
                    changeSets.prepare(staged, StackCondition.READY, options.revertingDrift(false));
            if (changeSet.isPresent()) {
                apply(spec, changeSet.get(), false, options);
            }
        }
        listener.step("Update " + (stages.size() + 1) + " of " + (stages.size() + 1) + ": all else");
        return changeSets.prepare(spec, StackCondition.READY, options);
    }

    private void apply(StackSpec spec, ReadyChangeSet changeSet, boolean create, DeployOptions options)
            throws InterruptedException {
        StackWatch watch = StackWatch.from(reader, listener, pace, changeSet.stackId());
        String follow = options.again().orElseGet(() -> command("deploy", "-Dattach"));
        InterruptNotice notice = InterruptNotice.of(
                InterruptNotice.words(spec.name(), create, follow, failures.environment()), listener);
        StackStatus end;
        try {
            changeSets.execute(changeSet);
            end = watch.untilSettled();
        } finally {
            notice.close();
        }
        if (!TEMPLATE_IN_EFFECT.contains(end)) {
            throw new StackException("Stack " + spec.name() + " was not " + (create ? "created" : "updated") + ": "
                    + FailureCauses.words(watch.events(), options.places()) + "\n" + afterFailure(end));
        }
    }

    /**
     * Follows the operation that is under way in a stack, be it whose it may, to its end.
     *
     * @return the outputs where it succeeded, or where nothing is under way
     * @throws StackException where there is no such stack, or the operation failed
     */
    public Map<String, String> attach(String name, DeployOptions options) throws InterruptedException {
        Stack stack = reader.find(name)
                .orElseThrow(() -> new StackException("There is no stack " + name + ", so there is nothing to follow."
                        + " A first deploy that failed may have been removed again; deploy anew."));
        boolean busy = StackCondition.of(stack.stackStatus()) == StackCondition.BUSY;
        listener.note(
                busy
                        ? "Following stack " + name + ", " + stack.stackStatus()
                        : "Nothing is under way in stack " + name + "; its last operation:");
        StackWatch watch = StackWatch.fromBegin(reader, listener, pace, stack.stackId());
        StackStatus end = watch.untilSettled();
        if (!TEMPLATE_IN_EFFECT.contains(end)) {
            throw new StackException("Stack " + name + " is " + end + ": "
                    + FailureCauses.words(watch.events(), options.places()) + "\n" + afterFailure(end));
        }
        return reader.outputs(name).orElse(Map.of());
    }

    private static String afterFailure(StackStatus end) {
        return switch (end) {
            case ROLLBACK_COMPLETE ->
                "What had been made was removed again. Mend the cause and run the goal again: it removes the empty stack"
                        + " and starts afresh.";
            case UPDATE_ROLLBACK_COMPLETE -> "The stack is as it was before. Mend the cause and run the goal again.";
            case UPDATE_ROLLBACK_FAILED ->
                "The way back failed, too (" + end + "). Mend the cause and run the goal again: it goes on with the way"
                        + " back first.";
            default -> "The stack is " + end + " now. Mend the cause and run the goal again.";
        };
    }

    /** Brings the stack into a state that can be deployed to: absent, empty or ready. */
    private StackCondition readyFor(String name, DeployOptions options) throws InterruptedException {
        Optional<Stack> stack = new StackTurn(reader, listener, pace, options).await(name);
        StackCondition condition =
                stack.map(s -> StackCondition.of(s.stackStatus())).orElse(StackCondition.ABSENT);
        return switch (condition) {
            case ABSENT -> condition;
            case EMPTY, READY -> {
                changeSets
                        .discardLeftOver(name)
                        .forEach(left -> listener.note(
                                "Removed change set " + left + ", which an earlier deploy left behind unexecuted"));
                yield condition;
            }
            case FAILED_CREATE -> {
                removeFailedCreate(stack.orElseThrow());
                yield StackCondition.ABSENT;
            }
            case STUCK, BUSY -> unstuck(stack.orElseThrow(), options);
        };
    }

    /** Goes on with a rollback that failed: what it stumbled over may be mended by now. */
    private StackCondition unstuck(Stack stack, DeployOptions options) throws InterruptedException {
        if (stack.stackStatus() != StackStatus.UPDATE_ROLLBACK_FAILED) {
            throw new StackException(
                    "Stack " + stack.stackName() + " is " + stack.stackStatus()
                            + " and can't be deployed to. "
                            + (stack.stackStatus() == StackStatus.DELETE_FAILED
                                    ? "Run `" + command("destroy") + "` again; it names what can't be deleted."
                                    : "Look at its events in the CloudFormation console, and deploy again when it has settled."));
        }
        List<String> skip = options.skipInRollback();
        listener.note("Stack " + stack.stackName() + " is UPDATE_ROLLBACK_FAILED: an earlier update failed, and so did"
                + " the way back. Going on with the way back"
                + (skip.isEmpty() ? "" : ", leaving " + String.join(", ", skip) + " as they are"));
        StackWatch watch = StackWatch.from(reader, listener, pace, stack.stackId());
        failures.during(
                "go on with the rollback of stack " + stack.stackName(),
                () -> cloudFormation.continueUpdateRollback(request -> request.stackName(stack.stackId())
                        .resourcesToSkip(skip)
                        // Sent again after a lost answer, it is still one operation.
                        .clientRequestToken("rollback-" + pace.now().toEpochMilli())));
        StackStatus end = watch.untilSettled();
        if (end == StackStatus.UPDATE_ROLLBACK_COMPLETE) {
            listener.note("Stack " + stack.stackName() + " is as it was before that update");
            return StackCondition.READY;
        }
        List<String> failed = reader.resources(stack.stackId()).stream()
                .filter(resource -> resource.resourceStatus() == ResourceStatus.UPDATE_FAILED)
                .map(StackResourceSummary::logicalResourceId)
                .toList();
        throw new StackException("Stack " + stack.stackName() + " was not updated: the way back from an earlier update"
                + " failed again (" + end + "): " + FailureCauses.words(watch.events(), options.places())
                + "\nMend that and run the goal again. As a last resort leave these resources as they are, and set them"
                + " right by hand afterwards: -DskipInRollback=" + String.join(",", failed));
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
                    + " `" + command("destroy") + "` (which keeps the tables) and deploy again.");
        }
        listener.note("Stack " + stack.stackName() + " is " + stack.stackStatus()
                + ": its first creation failed, and it holds nothing. Removing it and creating it anew");
        StackWatch watch = StackWatch.from(reader, listener, pace, stack.stackId());
        failures.during(
                "delete stack " + stack.stackName(),
                () -> cloudFormation.deleteStack(request -> request.stackName(stack.stackId())));
        watch.untilSettled();
    }

    private String command(String goal, String... switches) {
        return failures.environment().command(goal, switches);
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
}
