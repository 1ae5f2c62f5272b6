package io.marketpipeline.maven.stack;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetSummary;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.ContinueUpdateRollbackRequest;
import software.amazon.awssdk.services.cloudformation.model.ContinueUpdateRollbackResponse;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.OperationEvent;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.cloudformation.model.UpdateTerminationProtectionRequest;
import software.amazon.awssdk.services.cloudformation.model.UpdateTerminationProtectionResponse;

/**
 * One stack as CloudFormation would show it, by a script: what the next change set finds, how the next operation ends
 * and which events it leaves.
 */
final class FakeCloudFormation implements CloudFormationClient {
    static final String STACK = "market-pipeline-dev";
    static final String STACK_ID = "arn:aws:cloudformation:us-east-1:111122223333:stack/market-pipeline-dev/1";

    final List<String> calls = new ArrayList<>();
    final List<CreateChangeSetRequest> changeSets = new ArrayList<>();
    final List<StackResourceSummary> resources = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final List<OperationEvent> operationEvents = new ArrayList<>();
    final Map<String, String> outputs = new HashMap<>();

    /** Statuses still to be shown before the last one, which stays; empty where there is no stack. */
    private final List<StackStatus> statuses = new ArrayList<>();

    private final List<StackEvent> events = new ArrayList<>();
    private final List<StackEvent> nextEvents = new ArrayList<>();

    String template = "";
    List<Tag> tags = List.of();
    List<Parameter> parameters = List.of();
    boolean terminationProtection;
    String changeSetFailure = "";
    StackStatus endOfExecution = StackStatus.CREATE_COMPLETE;
    StackStatus endOfDeletion = StackStatus.DELETE_COMPLETE;
    StackStatus endOfRollback = StackStatus.UPDATE_ROLLBACK_COMPLETE;
    boolean ignoresTemplates;
    final List<String> skipped = new ArrayList<>();
    final List<String> rollbackTokens = new ArrayList<>();
    final List<ChangeSetSummary> leftOver = new ArrayList<>();
    final List<String> deletedChangeSets = new ArrayList<>();

    /** Thrown, one after the other, in the place of answers while an operation is under way. */
    final Deque<RuntimeException> failuresInOperation = new ArrayDeque<>();

    private boolean operating;

    void show(StackStatus... shown) {
        statuses.clear();
        Collections.addAll(statuses, shown);
    }

    /** Something that happened before. */
    void happened(StackEvent event) {
        events.add(event);
    }

    void nextOperationLeaves(StackEvent event) {
        nextEvents.add(event);
    }

    static StackEvent event(String logicalId, String type, String status, String reason) {
        return StackEvent.builder()
                .eventId(logicalId + status + reason.hashCode())
                .stackName(STACK)
                .stackId(STACK_ID)
                .logicalResourceId(logicalId)
                .physicalResourceId(logicalId + "-name")
                .resourceType(type)
                .resourceStatus(status)
                .resourceStatusReason(reason.isEmpty() ? null : reason)
                .timestamp(Instant.EPOCH)
                .build();
    }

    @Override
    public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
        calls.add("DescribeStacks");
        if (operating && !failuresInOperation.isEmpty()) {
            throw failuresInOperation.remove();
        }
        if (statuses.isEmpty()) {
            throw validationError("Stack with id " + request.stackName() + " does not exist");
        }
        StackStatus now = statuses.size() > 1 ? statuses.remove(0) : statuses.get(0);
        if (now == StackStatus.DELETE_COMPLETE && !request.stackName().startsWith("arn:")) {
            throw validationError("Stack with id " + request.stackName() + " does not exist");
        }
        return DescribeStacksResponse.builder()
                .stacks(Stack.builder()
                        .stackName(STACK)
                        .stackId(STACK_ID)
                        .stackStatus(now)
                        .tags(tags)
                        .parameters(parameters)
                        .enableTerminationProtection(terminationProtection)
                        .outputs(outputs.entrySet().stream()
                                .map(o -> Output.builder()
                                        .outputKey(o.getKey())
                                        .outputValue(o.getValue())
                                        .build())
                                .toList())
                        .build())
                .build();
    }

    @Override
    public GetTemplateResponse getTemplate(GetTemplateRequest request) {
        calls.add("GetTemplate");
        return GetTemplateResponse.builder().templateBody(template).build();
    }

    @Override
    public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
        calls.add("ListStackResources");
        return ListStackResourcesResponse.builder()
                .stackResourceSummaries(resources)
                .build();
    }

    @Override
    public DescribeStackEventsResponse describeStackEvents(DescribeStackEventsRequest request) {
        calls.add("DescribeStackEvents");
        List<StackEvent> newestFirst = new ArrayList<>(events);
        Collections.reverse(newestFirst);
        return DescribeStackEventsResponse.builder().stackEvents(newestFirst).build();
    }

    @Override
    public CreateChangeSetResponse createChangeSet(CreateChangeSetRequest request) {
        calls.add("CreateChangeSet");
        changeSets.add(request);
        return CreateChangeSetResponse.builder()
                .id("arn:aws:cloudformation:change-set")
                .stackId(STACK_ID)
                .build();
    }

    @Override
    public DescribeChangeSetResponse describeChangeSet(DescribeChangeSetRequest request) {
        calls.add("DescribeChangeSet");
        boolean failed = !changeSetFailure.isEmpty();
        return DescribeChangeSetResponse.builder()
                .status(failed ? ChangeSetStatus.FAILED : ChangeSetStatus.CREATE_COMPLETE)
                .statusReason(failed ? changeSetFailure : null)
                .changes(changes)
                .build();
    }

    @Override
    public DeleteChangeSetResponse deleteChangeSet(DeleteChangeSetRequest request) {
        calls.add("DeleteChangeSet");
        deletedChangeSets.add(request.changeSetName());
        return DeleteChangeSetResponse.builder().build();
    }

    @Override
    public ExecuteChangeSetResponse executeChangeSet(ExecuteChangeSetRequest request) {
        calls.add("ExecuteChangeSet");
        CreateChangeSetRequest executed = changeSets.get(changeSets.size() - 1);
        if (!ignoresTemplates && executed.templateBody() != null) {
            template = executed.templateBody();
        }
        boolean create = executed.changeSetTypeAsString().equals("CREATE");
        operate(create ? StackStatus.CREATE_IN_PROGRESS : StackStatus.UPDATE_IN_PROGRESS, endOfExecution);
        return ExecuteChangeSetResponse.builder().build();
    }

    @Override
    public DeleteStackResponse deleteStack(DeleteStackRequest request) {
        calls.add("DeleteStack");
        operate(StackStatus.DELETE_IN_PROGRESS, endOfDeletion);
        return DeleteStackResponse.builder().build();
    }

    @Override
    public DescribeEventsResponse describeEvents(DescribeEventsRequest request) {
        calls.add("DescribeEvents");
        return DescribeEventsResponse.builder().operationEvents(operationEvents).build();
    }

    @Override
    public ListChangeSetsResponse listChangeSets(ListChangeSetsRequest request) {
        calls.add("ListChangeSets");
        return ListChangeSetsResponse.builder().summaries(leftOver).build();
    }

    @Override
    public ContinueUpdateRollbackResponse continueUpdateRollback(ContinueUpdateRollbackRequest request) {
        calls.add("ContinueUpdateRollback");
        skipped.addAll(request.resourcesToSkip());
        rollbackTokens.add(request.clientRequestToken());
        operate(StackStatus.UPDATE_ROLLBACK_IN_PROGRESS, endOfRollback);
        return ContinueUpdateRollbackResponse.builder().build();
    }

    @Override
    public UpdateTerminationProtectionResponse updateTerminationProtection(UpdateTerminationProtectionRequest request) {
        calls.add("UpdateTerminationProtection");
        terminationProtection = request.enableTerminationProtection();
        return UpdateTerminationProtectionResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    static Change change(ResourceChange.Builder change) {
        return Change.builder().resourceChange(change.build()).build();
    }

    private void operate(StackStatus during, StackStatus end) {
        show(during, end);
        operating = true;
        events.addAll(nextEvents);
        nextEvents.clear();
    }

    private static CloudFormationException validationError(String message) {
        return (CloudFormationException) CloudFormationException.builder()
                .statusCode(400)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ValidationError")
                        .errorMessage(message)
                        .build())
                .build();
    }
}
