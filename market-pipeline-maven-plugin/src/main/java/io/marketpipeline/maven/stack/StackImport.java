package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.AwsFailures;
import io.marketpipeline.maven.config.ElementPlaces;
import io.marketpipeline.maven.output.Console;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.ResourceToImport;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Takes existing resources into a stack that has none, and changes nothing about them. Not thread-safe. */
public final class StackImport {
    private final CloudFormationClient cloudFormation;
    private final AwsFailures failures;
    private final StackListener listener;
    private final Pace pace;
    private final StackReader reader;

    /** An import through the clients, which stay the caller's; its progress goes to the console. */
    public StackImport(AwsClients clients, Console console) {
        this.cloudFormation = clients.cloudFormation();
        this.failures = clients.failures();
        this.listener = ConsoleStackListener.ofDeployment(console);
        this.pace = Pace.real();
        this.reader = new StackReader(cloudFormation, failures);
    }

    /**
     * One resource to take in.
     *
     * @param logicalId its name in the template
     * @param type such as {@code AWS::SQS::Queue}
     * @param property that identifies it, such as {@code QueueUrl}
     * @param value the property's value
     */
    public record Existing(String logicalId, String type, String property, String value) {}

    /**
     * Logical ids of what the stack has.
     *
     * @return empty where there is no stack, or nothing in it
     */
    public List<String> resources(String stack) {
        boolean there = reader.find(stack)
                .map(found -> StackCondition.of(found.stackStatus()))
                .filter(condition -> condition != StackCondition.ABSENT && condition != StackCondition.EMPTY)
                .isPresent();
        return there
                ? reader.resources(stack).stream()
                        .filter(resource -> !resource.resourceStatusAsString().equals("DELETE_COMPLETE"))
                        .map(resource -> resource.logicalResourceId())
                        .toList()
                : List.of();
    }

    /**
     * Imports and waits for the end.
     *
     * @param template describes the resources, and nothing else
     * @throws StackException where CloudFormation refuses or can't; nothing is changed then
     */
    public void run(String stack, String template, List<Existing> resources) throws InterruptedException {
        listener.step("Asking CloudFormation to import " + resources.size() + " resources into stack " + stack);
        CreateChangeSetResponse made = failures.during(
                "make an import change set for stack " + stack,
                () -> cloudFormation.createChangeSet(request -> request.stackName(stack)
                        .changeSetName("market-pipeline-import-" + pace.now().toEpochMilli())
                        .changeSetType(ChangeSetType.IMPORT)
                        .capabilities(Capability.CAPABILITY_NAMED_IAM)
                        .templateBody(template)
                        .resourcesToImport(
                                resources.stream().map(StackImport::toImport).toList())));
        DescribeChangeSetResponse ready = untilMade(made.id());
        if (ready.status() == ChangeSetStatus.FAILED || ready.executionStatus() == ExecutionStatus.UNAVAILABLE) {
            failures.during(
                    "delete the change set",
                    () -> cloudFormation.deleteChangeSet(request -> request.changeSetName(made.id())));
            throw new StackException(
                    "Nothing was imported: CloudFormation refuses it. AWS says: " + ready.statusReason());
        }
        StackWatch watch = StackWatch.from(reader, listener, pace, made.stackId());
        failures.during(
                "execute the import change set",
                () -> cloudFormation.executeChangeSet(request -> request.changeSetName(made.id())));
        StackStatus end = watch.untilSettled();
        if (end != StackStatus.IMPORT_COMPLETE) {
            throw new StackException("Nothing was imported, and nothing was changed: "
                    + FailureCauses.words(watch.events(), ElementPlaces.UNKNOWN) + "\nThe stack is " + end
                    + " and holds nothing. Mend the cause and run the goal again.");
        }
    }

    private DescribeChangeSetResponse untilMade(String id) throws InterruptedException {
        Backoff backoff = new Backoff(pace);
        while (true) {
            DescribeChangeSetResponse now = failures.during(
                    "read the change set",
                    () -> cloudFormation.describeChangeSet(request -> request.changeSetName(id)));
            if (now.status() == ChangeSetStatus.CREATE_COMPLETE || now.status() == ChangeSetStatus.FAILED) {
                return now;
            }
            backoff.pause();
        }
    }

    private static ResourceToImport toImport(Existing resource) {
        return ResourceToImport.builder()
                .logicalResourceId(resource.logicalId())
                .resourceType(resource.type())
                .resourceIdentifier(Map.of(resource.property(), resource.value()))
                .build();
    }
}
