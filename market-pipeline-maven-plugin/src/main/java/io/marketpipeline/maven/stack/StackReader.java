package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.aws.AwsFailures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

/** Reads stacks. Failures come as what the user can do about them. */
public final class StackReader {
    private final CloudFormationClient cloudFormation;
    private final AwsFailures failures;

    /** Reads through the client, which stays the caller's. */
    public StackReader(CloudFormationClient cloudFormation, AwsFailures failures) {
        this.cloudFormation = cloudFormation;
        this.failures = failures;
    }

    /**
     * The stack as it is.
     *
     * @param nameOrId name, or id, which finds a deleted stack, too
     */
    Optional<Stack> find(String nameOrId) {
        return failures.during(
                "read stack " + nameOrId,
                () -> unlessMissing(
                        () -> cloudFormation.describeStacks(request -> request.stackName(nameOrId)).stacks().stream()
                                .findFirst()));
    }

    /**
     * The stack's outputs by key, sorted.
     *
     * @return empty where there is no such stack
     */
    public Optional<Map<String, String>> outputs(String name) {
        return find(name)
                .filter(stack -> StackCondition.of(stack.stackStatus()) != StackCondition.EMPTY)
                .map(StackReader::outputs);
    }

    /**
     * The same of a stack that must be there.
     *
     * @throws StackException where it isn't
     */
    public Map<String, String> existingOutputs(String name) {
        return outputs(existing(name));
    }

    /**
     * A stack that must be there, with resources.
     *
     * @throws StackException where it isn't
     */
    Stack existing(String name) {
        return find(name)
                .filter(stack -> StackCondition.of(stack.stackStatus()) != StackCondition.EMPTY)
                .orElseThrow(() -> new StackException(
                        "There is no stack " + name + " at " + environment().where() + ". Deploy it first: "
                                + environment().command("deploy")));
    }

    /** Where the stacks are. */
    AwsEnvironment environment() {
        return failures.environment();
    }

    static Map<String, String> outputs(Stack stack) {
        Map<String, String> outputs = new TreeMap<>();
        for (Output output : stack.outputs()) {
            outputs.put(output.outputKey(), output.outputValue());
        }
        return outputs;
    }

    static Map<String, String> tags(Stack stack) {
        Map<String, String> tags = new TreeMap<>();
        stack.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    static Map<String, String> parameters(Stack stack) {
        Map<String, String> parameters = new TreeMap<>();
        stack.parameters().forEach(parameter -> parameters.put(parameter.parameterKey(), parameter.parameterValue()));
        return parameters;
    }

    /** The template as it was given. */
    String template(String name) {
        return failures.during("read the template of stack " + name, () -> cloudFormation
                .getTemplate(request -> request.stackName(name).templateStage(TemplateStage.ORIGINAL))
                .templateBody());
    }

    List<StackResourceSummary> resources(String nameOrId) {
        return failures.during(
                "list the resources of stack " + nameOrId,
                () ->
                        cloudFormation
                                .listStackResourcesPaginator(request -> request.stackName(nameOrId))
                                .stackResourceSummaries()
                                .stream()
                                .toList());
    }

    /** Events that came since the last look, oldest first. */
    List<ResourceEvent> eventsSince(String nameOrId, Function<ResourceEvent, Boolean> known) {
        return failures.during("read the events of stack " + nameOrId, () -> {
            List<ResourceEvent> fresh = new ArrayList<>();
            for (var event : cloudFormation
                    .describeStackEventsPaginator(request -> request.stackName(nameOrId))
                    .stackEvents()) {
                ResourceEvent read = ResourceEvent.of(event);
                if (known.apply(read)) {
                    break;
                }
                fresh.add(0, read);
            }
            return List.copyOf(fresh);
        });
    }

    /** When the operation that is under way began; empty where none is. */
    Optional<Instant> operationBegan(String stackId) {
        return failures.during("read the events of stack " + stackId, () -> {
            for (var event : cloudFormation
                    .describeStackEventsPaginator(request -> request.stackName(stackId))
                    .stackEvents()) {
                ResourceEvent read = ResourceEvent.of(event);
                if (read.beginsOperation()) {
                    return Optional.of(read.time());
                }
            }
            return Optional.<Instant>empty();
        });
    }

    private static <T> Optional<T> unlessMissing(Supplier<Optional<T>> call) {
        try {
            return call.get();
        } catch (CloudFormationException e) {
            if (missing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    // CloudFormation has no code of its own for it: ValidationError, 'Stack with id ... does not exist'.
    private static boolean missing(CloudFormationException failure) {
        return failure.awsErrorDetails() != null
                && "ValidationError".equals(failure.awsErrorDetails().errorCode())
                && String.valueOf(failure.awsErrorDetails().errorMessage()).contains("does not exist");
    }
}
