package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsFailures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.OnStackFailure;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** Makes change sets and waits for them. */
final class ChangeSets {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
    private static final int LARGEST_INLINE_TEMPLATE = 51_200;
    private static final List<String> NO_CHANGES =
            List.of("didn't contain changes", "No updates are to be performed", "did not contain changes");

    private final CloudFormationClient cloudFormation;
    private final AwsFailures failures;
    private final TemplateUpload upload;
    private final Pace pace;

    ChangeSets(CloudFormationClient cloudFormation, AwsFailures failures, TemplateUpload upload, Pace pace) {
        this.cloudFormation = cloudFormation;
        this.failures = failures;
        this.upload = upload;
        this.pace = pace;
    }

    /**
     * Makes a change set that brings the stack to the specification, and waits until it is ready.
     *
     * @return the change set; empty where nothing would change
     * @throws StackException where CloudFormation refuses the template
     */
    Optional<ReadyChangeSet> prepare(StackSpec spec, boolean create) throws InterruptedException {
        CreateChangeSetRequest request = request(spec, create);
        var made = failures.during("make a change set for stack " + spec.name(), () -> refusingInWords(spec, request));
        DescribeChangeSetResponse first = untilMade(made.id());
        if (first.status() == ChangeSetStatus.FAILED) {
            String reason = String.valueOf(first.statusReason());
            List<String> details = validationFailures(made.id(), reason);
            delete(made.id());
            if (NO_CHANGES.stream().anyMatch(reason::contains)) {
                return Optional.empty();
            }
            throw new StackException("Stack " + spec.name() + " was not touched: CloudFormation refuses the change. AWS"
                    + " says: " + reason
                    + details.stream().map(d -> "\n  " + d).collect(Collectors.joining()));
        }
        return Optional.of(new ReadyChangeSet(made.id(), made.stackId(), changes(made.id())));
    }

    void execute(ReadyChangeSet changeSet) {
        failures.during(
                "execute the change set",
                () -> cloudFormation.executeChangeSet(request -> request.changeSetName(changeSet.id())
                        // Also with DeletionPolicy Retain: what a failed creation has just made holds no data.
                        .retainExceptOnCreate(true)));
    }

    private CreateChangeSetRequest request(StackSpec spec, boolean create) {
        CreateChangeSetRequest.Builder request = CreateChangeSetRequest.builder()
                .stackName(spec.name())
                .changeSetName("market-pipeline-" + pace.now().toEpochMilli())
                .changeSetType(create ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
                .capabilities(Capability.CAPABILITY_NAMED_IAM)
                .parameters(parameters(spec.parameters()))
                .tags(tags(spec.tags()))
                .onStackFailure(OnStackFailure.ROLLBACK);
        if (create) {
            request.importExistingResources(true);
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

    private List<Change> changes(String id) {
        List<Change> changes = new ArrayList<>();
        String token = null;
        do {
            DescribeChangeSetResponse page = describe(id, token);
            page.changes().stream()
                    .filter(change -> change.resourceChange() != null)
                    .map(change -> Change.of(change.resourceChange()))
                    .forEach(changes::add);
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return changes.stream().sorted(Change.order()).toList();
    }

    private DescribeChangeSetResponse describe(String id, @Nullable String token) {
        return failures.during(
                "read the change set",
                () -> cloudFormation.describeChangeSet(
                        request -> request.changeSetName(id).nextToken(token)));
    }

    // What CloudFormation finds before it begins is in no stack event: it says to ask DescribeEvents.
    // https://github.com/aws/aws-sam-cli/issues/9154
    private List<String> validationFailures(String id, String reason) {
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
                        + ": " + event.validationStatusReason())
                .toList());
    }

    private void delete(String id) {
        failures.during(
                "delete the change set", () -> cloudFormation.deleteChangeSet(request -> request.changeSetName(id)));
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
