package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsFailures;
import io.marketpipeline.maven.config.ElementPlaces;
import io.marketpipeline.maven.stack.Removal.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/**
 * Deletes a stack, with its data or without. What is to become of the data is the deployed template's to say; where it
 * says otherwise, the stack is updated first, and only then deleted. Not thread-safe.
 */
public final class StackRemover {
    private final CloudFormationClient cloudFormation;
    private final AwsFailures failures;
    private final StackListener listener;
    private final Pace pace;
    private final StackReader reader;
    private final ChangeSets changeSets;

    /** A remover over the client, which stays the caller's. */
    public StackRemover(
            CloudFormationClient cloudFormation, AwsFailures failures, TemplateUpload upload, StackListener listener) {
        this(cloudFormation, failures, upload, listener, Pace.real());
    }

    StackRemover(
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
        this.changeSets = new ChangeSets(cloudFormation, failures, upload, Holdings.UNCOUNTED, pace);
    }

    /**
     * Deletes the stack and waits for the end.
     *
     * @param deleteData whether tables and their key go, too
     * @throws StackException where the stack or its data is protected, or the deletion fails
     */
    public Removal remove(String name, boolean deleteData) throws InterruptedException {
        Instant start = pace.now();
        Optional<Stack> found = settled(name);
        if (found.isEmpty()) {
            return new Removal(false, List.of(), Duration.between(start, pace.now()));
        }
        Stack stack = found.get();
        refuseProtected(stack);
        if (StackCondition.of(stack.stackStatus()) != StackCondition.EMPTY) {
            settlePolicy(stack, deleteData ? DataPolicy.DELETE : DataPolicy.KEEP);
        }
        List<Kept> kept = delete(stack);
        return new Removal(true, kept, Duration.between(start, pace.now()));
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

    private static void refuseProtected(Stack stack) {
        if (Boolean.TRUE.equals(stack.enableTerminationProtection())) {
            throw new StackException("Stack " + stack.stackName() + " is protected against deletion. Set"
                    + " <tables><protection>false</protection></tables> for this environment, deploy, and run the goal"
                    + " again. Nothing was touched.");
        }
    }

    private void settlePolicy(Stack stack, DataPolicy wanted) throws InterruptedException {
        String template = reader.template(stack.stackName());
        if (wanted == DataPolicy.DELETE && !DataPolicy.protectedIn(template).isEmpty()) {
            throw new StackException(
                    "Stack " + stack.stackName() + " holds tables that are protected against deletion ("
                            + String.join(", ", DataPolicy.protectedIn(template)) + "). Set"
                            + " <tables><protection>false</protection></tables> for this environment, deploy, and run the goal"
                            + " again; or leave out -DdeleteData to keep them. Nothing was touched.");
        }
        if (wanted.holdsIn(template)) {
            return;
        }
        if (StackCondition.of(stack.stackStatus()) == StackCondition.READY) {
            changePolicy(stack, wanted, template);
        } else if (holdsData(stack)) {
            throw new StackException("Stack " + stack.stackName() + " is " + stack.stackStatus()
                    + ", so that what becomes of its tables can't be changed any more: deleting it now would "
                    + (wanted == DataPolicy.KEEP ? "delete" : "keep")
                    + " them. Run the goal with" + (wanted == DataPolicy.KEEP ? "" : "out")
                    + " -DdeleteData to go on, or delete the stack by hand. Nothing was touched.");
        }
    }

    private boolean holdsData(Stack stack) {
        return reader.resources(stack.stackId()).stream()
                .anyMatch(resource -> DataPolicy.coversType(resource.resourceType())
                        && !resource.resourceStatusAsString().startsWith("DELETE_"));
    }

    private void changePolicy(Stack stack, DataPolicy wanted, String template) throws InterruptedException {
        listener.step("Setting the tables' deletion policy, so that they are "
                + (wanted == DataPolicy.KEEP ? "kept" : "deleted with the stack"));
        StackSpec spec = new StackSpec(
                stack.stackName(),
                wanted.in(template, pace.now().toString()),
                StackReader.parameters(stack),
                StackReader.tags(stack),
                false);
        Optional<ReadyChangeSet> changeSet = changeSets.prepare(spec, StackCondition.READY, DeployOptions.CAREFUL);
        if (changeSet.isPresent()) {
            StackWatch watch = StackWatch.from(reader, listener, pace, stack.stackId());
            changeSets.execute(changeSet.get());
            StackStatus end = watch.untilSettled();
            if (end != StackStatus.UPDATE_COMPLETE) {
                throw new StackException("Stack " + stack.stackName() + " was not deleted: its tables' deletion policy"
                        + " could not be set, " + FailureCauses.words(watch.events(), ElementPlaces.UNKNOWN));
            }
        }
        if (!wanted.holdsIn(reader.template(stack.stackName()))) {
            throw new StackException("Stack " + stack.stackName() + " was not deleted: CloudFormation did not take the"
                    + " tables' new deletion policy. Nothing was deleted.");
        }
    }

    private List<Kept> delete(Stack stack) throws InterruptedException {
        listener.step("Deleting stack " + stack.stackName());
        StackWatch watch = StackWatch.from(reader, listener, pace, stack.stackId());
        failures.during(
                "delete stack " + stack.stackName(),
                () -> cloudFormation.deleteStack(request -> request.stackName(stack.stackId())));
        StackStatus end = watch.untilSettled();
        if (StackCondition.of(end) != StackCondition.ABSENT) {
            throw new StackException("Stack " + stack.stackName() + " was not deleted (" + end + "): "
                    + FailureCauses.words(watch.events(), ElementPlaces.UNKNOWN)
                    + "\nMend the cause and run the goal again; what is deleted already stays deleted.");
        }
        return watch.events().stream()
                .filter(event -> event.status().equals("DELETE_SKIPPED"))
                .filter(event -> DataPolicy.coversType(event.type()))
                .map(event -> new Kept(event.type(), event.physicalId()))
                .distinct()
                .collect(Collectors.toList());
    }
}
