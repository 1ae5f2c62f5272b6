package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsFailures;
import io.marketpipeline.maven.config.ElementPlaces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetSummary;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DeploymentMode;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.OnStackFailure;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** Makes change sets and waits for them. */
final class ChangeSets {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
    private static final int LARGEST_INLINE_TEMPLATE = 51_200;
    private static final List<String> NO_CHANGES =
            List.of("didn't contain changes", "No updates are to be performed", "did not contain changes");

    private static final String PREFIX = "market-pipeline-";
    private static final Set<ExecutionStatus> NEVER_EXECUTED =
            Set.of(ExecutionStatus.AVAILABLE, ExecutionStatus.UNAVAILABLE);

    /** Between the making of a change set and its execution a deploy takes seconds. */
    private static final Duration LEFT_OVER_AFTER = Duration.ofMinutes(10);

    private final CloudFormationClient cloudFormation;
    private final AwsFailures failures;
    private final TemplateUpload upload;
    private final Holdings holdings;
    private final Pace pace;
    private final StackReader reader;

    ChangeSets(
            CloudFormationClient cloudFormation,
            AwsFailures failures,
            TemplateUpload upload,
            Holdings holdings,
            Pace pace) {
        this.cloudFormation = cloudFormation;
        this.failures = failures;
        this.upload = upload;
        this.holdings = holdings;
        this.pace = pace;
        this.reader = new StackReader(cloudFormation, failures);
    }

    /**
     * Makes a change set that brings the stack to the specification, and waits until it is ready.
     *
     * @param condition of the stack: absent, empty or ready
     * @return the change set; empty where nothing would change
     * @throws StackException where CloudFormation refuses the template; no change set is left then
     */
    Optional<ReadyChangeSet> prepare(StackSpec spec, StackCondition condition, DeployOptions options)
            throws InterruptedException {
        CreateChangeSetRequest request = request(spec, condition, options);
        var made = failures.during("make a change set for stack " + spec.name(), () -> refusingInWords(spec, request));
        ReadyChangeSet empty = new ReadyChangeSet(made.id(), made.stackId(), List.of());
        TidyUp unlessReady = TidyUp.with(() -> discard(empty, condition == StackCondition.ABSENT));
        try {
            DescribeChangeSetResponse first = untilMade(made.id());
            if (first.status() != ChangeSetStatus.FAILED) {
                List<Change> changes = changes(made.id(), spec, condition != StackCondition.READY);
                unlessReady.forget();
                return Optional.of(new ReadyChangeSet(made.id(), made.stackId(), changes));
            }
            String reason = String.valueOf(first.statusReason());
            if (NO_CHANGES.stream().anyMatch(reason::contains)) {
                return Optional.empty();
            }
            throw new StackException("Stack " + spec.name() + " was not touched: CloudFormation refuses the change. AWS"
                    + " says: " + reason
                    + validationFailures(made.id(), reason, options.places()).stream()
                            .map(detail -> "\n  " + detail)
                            .collect(Collectors.joining()));
        } finally {
            unlessReady.now();
        }
    }

    /**
     * Deletes a change set that isn't to be executed.
     *
     * @param withStack whether the stack, too, which was made for it and has nothing else
     */
    void discard(ReadyChangeSet changeSet, boolean withStack) throws InterruptedException {
        failures.during(
                "delete the change set",
                () -> cloudFormation.deleteChangeSet(request -> request.changeSetName(changeSet.id())));
        if (!withStack) {
            return;
        }
        failures.during(
                "delete the empty stack",
                () -> cloudFormation.deleteStack(request -> request.stackName(changeSet.stackId())));
        Backoff backoff = new Backoff(pace);
        while (reader.find(changeSet.stackId())
                .filter(stack -> StackCondition.of(stack.stackStatus()) != StackCondition.ABSENT)
                .isPresent()) {
            backoff.pause();
        }
    }

    void execute(ReadyChangeSet changeSet) {
        failures.during(
                "execute the change set",
                () -> cloudFormation.executeChangeSet(request -> request.changeSetName(changeSet.id())
                        // Sent again after a lost connection, it is still one execution.
                        .clientRequestToken(token(changeSet))
                        // Also with DeletionPolicy Retain: what a failed creation has just made holds no data.
                        .retainExceptOnCreate(true)));
    }

    /** At most 128 letters, digits and hyphens, the first no hyphen (API reference, ExecuteChangeSet). */
    static String token(ReadyChangeSet changeSet) {
        return changeSet
                .id()
                .replaceAll("[^a-zA-Z0-9]", "-")
                .replaceFirst("^.*(?=.{100}$)", "")
                .replaceFirst("^-+", "");
    }

    private CreateChangeSetRequest request(StackSpec spec, StackCondition condition, DeployOptions options) {
        boolean create = condition != StackCondition.READY;
        String name = PREFIX + pace.now().toEpochMilli();
        CreateChangeSetRequest.Builder request = CreateChangeSetRequest.builder()
                .stackName(spec.name())
                .changeSetName(name)
                // Sent again after a lost answer, it is still one change set.
                .clientToken(name)
                .changeSetType(create ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
                .capabilities(Capability.CAPABILITY_NAMED_IAM)
                .parameters(parameters(spec.parameters()))
                .tags(tags(spec.tags()));
        if (create) {
            request.importExistingResources(true).onStackFailure(OnStackFailure.ROLLBACK);
        } else if (options.revertDrift()) {
            request.deploymentMode(DeploymentMode.REVERT_DRIFT);
        } else {
            request.onStackFailure(OnStackFailure.ROLLBACK);
        }
        if (spec.template().getBytes(StandardCharsets.UTF_8).length > LARGEST_INLINE_TEMPLATE) {
            request.templateURL(upload.url(spec.template()));
        } else {
            request.templateBody(spec.template());
        }
        return request.build();
    }

    private CreateChangeSetResponse refusingInWords(StackSpec spec, CreateChangeSetRequest request) {
        try {
            return cloudFormation.createChangeSet(request);
        } catch (CloudFormationException e) {
            if (e.awsErrorDetails() != null
                    && "ValidationError".equals(e.awsErrorDetails().errorCode())) {
                throw new StackException(
                        "Stack " + spec.name() + " was not touched: CloudFormation refuses the template."
                                + " AWS says: " + e.awsErrorDetails().errorMessage());
            }
            throw e;
        }
    }

    private DescribeChangeSetResponse untilMade(String id) throws InterruptedException {
        Backoff backoff = new Backoff(pace);
        while (true) {
            DescribeChangeSetResponse now = describe(id, null);
            if (now.status() == ChangeSetStatus.CREATE_COMPLETE || now.status() == ChangeSetStatus.FAILED) {
                return now;
            }
            backoff.pause();
        }
    }

    private List<Change> changes(String id, StackSpec spec, boolean create) {
        List<ResourceChange> changes = new ArrayList<>();
        String token = null;
        do {
            DescribeChangeSetResponse page = describe(id, token);
            page.changes().stream()
                    .filter(change -> change.resourceChange() != null)
                    .forEach(change -> changes.add(change.resourceChange()));
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        Optional<TemplateDocument> deployed =
                create ? Optional.empty() : Optional.of(TemplateDocument.of(reader.template(spec.name())));
        return new ChangeReader(deployed, TemplateDocument.of(spec.template()), spec.secrets())
                .read(changes).stream().map(change -> change.counted(holdings)).toList();
    }

    private DescribeChangeSetResponse describe(String id, @Nullable String token) {
        return failures.during(
                "read the change set",
                () -> cloudFormation.describeChangeSet(request ->
                        request.changeSetName(id).includePropertyValues(true).nextToken(token)));
    }

    // What CloudFormation finds before it begins is in no stack event: it says to ask DescribeEvents.
    // https://github.com/aws/aws-sam-cli/issues/9154
    private List<String> validationFailures(String id, String reason, ElementPlaces places) {
        if (!reason.contains("DescribeEvents")) {
            return List.of();
        }
        return failures.during("read why the change set failed", () -> cloudFormation
                .describeEventsPaginator(
                        request -> request.changeSetName(id).filters(filter -> filter.failedEvents(true)))
                .operationEvents()
                .stream()
                .filter(event -> event.validationStatusReason() != null)
                .map(event -> event.logicalResourceId()
                        + (event.validationPath() == null ? "" : " at " + event.validationPath())
                        + ": " + event.validationStatusReason()
                        + FailureCauses.advice(
                                String.valueOf(event.resourceType()),
                                propertyOf(event.validationPath()),
                                event.validationStatusReason(),
                                places))
                .toList());
    }

    /** {@code /Resources/Queue/Properties/DelaySeconds} becomes {@code DelaySeconds}. */
    private static String propertyOf(@Nullable String path) {
        String[] parts = path == null ? new String[0] : path.split("/", -1);
        return parts.length > 4 && parts[3].equals("Properties") ? parts[4] : "";
    }

    /**
     * Deletes change sets that an earlier deploy made and never executed, because it was killed in between.
     *
     * @return their names
     */
    List<String> discardLeftOver(String stackName) {
        Instant latest = pace.now().minus(LEFT_OVER_AFTER);
        List<ChangeSetSummary> leftOver = failures.during(
                "list the change sets of stack " + stackName,
                () ->
                        cloudFormation
                                .listChangeSetsPaginator(request -> request.stackName(stackName))
                                .summaries()
                                .stream()
                                .filter(set -> set.changeSetName().startsWith(PREFIX))
                                .filter(set -> NEVER_EXECUTED.contains(set.executionStatus()))
                                .filter(set -> set.creationTime() != null
                                        && set.creationTime().isBefore(latest))
                                .toList());
        leftOver.forEach(set -> failures.during(
                "delete the change set " + set.changeSetName(),
                () -> cloudFormation.deleteChangeSet(request -> request.changeSetName(set.changeSetId()))));
        return leftOver.stream().map(ChangeSetSummary::changeSetName).toList();
    }

    private static List<Parameter> parameters(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> Parameter.builder()
                        .parameterKey(entry.getKey())
                        .parameterValue(entry.getValue())
                        .build())
                .toList();
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
