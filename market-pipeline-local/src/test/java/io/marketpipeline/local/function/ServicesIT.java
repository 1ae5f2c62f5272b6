package io.marketpipeline.local.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.LocalOptions;
import io.marketpipeline.local.function.handlers.ScriptedHandler;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;
import software.amazon.awssdk.services.eventbridge.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.SnapStartOptimizationStatus;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Lambda, EventBridge and Logs over the wire, with the AWS SDK's own clients, each operation at least once. */
class ServicesIT {
    private static LocalEndpoint endpoint;
    private static LambdaClient lambda;
    private static EventBridgeClient events;
    private static CloudWatchLogsClient logs;
    private static SqsClient sqs;

    private final String name = "n" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() throws Exception {
        endpoint = LocalEndpoint.start(
                LocalOptions.defaults().withPort(0).withDelayFactor(0.001).withConcurrency(2));
        lambda = client(LambdaClient.builder());
        events = client(EventBridgeClient.builder());
        logs = client(CloudWatchLogsClient.builder());
        sqs = client(SqsClient.builder());
    }

    @AfterAll
    static void stop() throws Exception {
        endpoint.close();
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        URI uri = endpoint.uri();
        return builder.endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    private CreateFunctionResponse createFunction(String queueArn) {
        return createFunction(queueArn, FunctionZip.of(ScriptedHandler.class));
    }

    private CreateFunctionResponse createFunction(String queueArn, byte[] zip) {
        return lambda.createFunction(create -> create.functionName(name)
                .runtime(Runtime.JAVA21)
                .role("arn:aws:iam::000000000000:role/r")
                .handler(ScriptedHandler.class.getName())
                .memorySize(256)
                .timeout(10)
                .snapStart(snap -> snap.applyOn(SnapStartApplyOn.PUBLISHED_VERSIONS))
                .deadLetterConfig(letters -> letters.targetArn(queueArn))
                .tags(Map.of("Name", name))
                .code(code -> code.zipFile(SdkBytes.fromByteArray(zip))));
    }

    private String queueUrl() {
        return sqs.createQueue(create -> create.queueName(name)).queueUrl();
    }

    private String queueArn() {
        return sqs.getQueueAttributes(get -> get.queueUrl(queueUrl()).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    private Message received() {
        String url = queueUrl();
        Message[] message = new Message[1];
        Eventually.holds("a message in queue " + name, () -> {
            List<Message> messages = sqs.receiveMessage(receive ->
                            receive.queueUrl(url).messageAttributeNames("All").waitTimeSeconds(1))
                    .messages();
            message[0] = messages.isEmpty() ? null : messages.get(0);
            return message[0] != null;
        });
        return message[0];
    }

    private PutEventsResponse put(String detail) {
        return events.putEvents(put -> put.entries(PutEventsRequestEntry.builder()
                .eventBusName(name)
                .source("market.data")
                .detailType("Trade Execution")
                .detail(detail)
                .build()));
    }

    private String rule(String targetArn, String deadLetterArn) {
        events.createEventBus(create -> create.name(name));
        String arn = events.putRule(
                        put -> put.name(name).eventBusName(name).eventPattern("{\"source\":[\"market.data\"]}"))
                .ruleArn();
        events.putTargets(put -> put.rule(name)
                .eventBusName(name)
                .targets(Target.builder()
                        .id("t")
                        .arn(targetArn)
                        .retryPolicy(retry -> retry.maximumRetryAttempts(2).maximumEventAgeInSeconds(3600))
                        .deadLetterConfig(letters -> letters.arn(deadLetterArn))
                        .build()));
        return arn;
    }

    private void allowQueue(String ruleArn) {
        String policy = "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"events.amazonaws.com\"},"
                + "\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + queueArn()
                + "\",\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":\"" + ruleArn + "\"}}}]}";
        sqs.setQueueAttributes(set -> set.queueUrl(queueUrl()).attributes(Map.of(QueueAttributeName.POLICY, policy)));
    }

    private void allowRule(String ruleArn, String qualifier) {
        lambda.addPermission(add -> add.functionName(name)
                .qualifier(qualifier)
                .statementId("AllowRule")
                .action("lambda:InvokeFunction")
                .principal("events.amazonaws.com")
                .sourceArn(ruleArn));
    }

    @Test
    void functionLivesThroughAllItsOperations() {
        assertThat(createFunction(queueArn()).stateAsString()).isEqualTo("Active");
        assertThatThrownBy(() -> createFunction(queueArn())).isInstanceOf(ResourceConflictException.class);
        lambda.waiter().waitUntilFunctionActiveV2(get -> get.functionName(name));
        lambda.waiter().waitUntilFunctionUpdatedV2(get -> get.functionName(name));
        assertThat(lambda.getFunction(get -> get.functionName(name)).tags()).containsEntry("Name", name);

        PublishVersionResponse first = lambda.publishVersion(publish -> publish.functionName(name));
        assertThat(first.version()).isEqualTo("1");
        assertThat(first.snapStart().optimizationStatus()).isEqualTo(SnapStartOptimizationStatus.ON);
        assertThat(lambda.publishVersion(publish -> publish.functionName(name)).version())
                .isEqualTo("1");
        lambda.updateFunctionConfiguration(update -> update.functionName(name).timeout(20));
        assertThat(lambda.publishVersion(publish -> publish.functionName(name)).version())
                .isEqualTo("2");
        assertThat(lambda.listVersionsByFunction(list -> list.functionName(name))
                        .versions())
                .hasSize(3);

        lambda.createAlias(create -> create.functionName(name).name("live").functionVersion("1"));
        lambda.updateAlias(update -> update.functionName(name).name("live").functionVersion("2"));
        assertThat(lambda.getAlias(get -> get.functionName(name).name("live")).functionVersion())
                .isEqualTo("2");
        assertThat(lambda.listAliases(list -> list.functionName(name)).aliases())
                .hasSize(1);
        assertThatThrownBy(() -> lambda.updateAlias(update -> update.functionName(name)
                        .name("live")
                        .functionVersion("1")
                        .revisionId("of-another-time")))
                .isInstanceOf(PreconditionFailedException.class);

        lambda.putFunctionEventInvokeConfig(
                put -> put.functionName(name).qualifier("live").maximumRetryAttempts(1));
        lambda.updateFunctionEventInvokeConfig(
                put -> put.functionName(name).qualifier("live").maximumEventAgeInSeconds(60));
        assertThat(lambda.getFunctionEventInvokeConfig(
                                get -> get.functionName(name).qualifier("live"))
                        .maximumRetryAttempts())
                .isEqualTo(1);
        assertThat(lambda.listFunctionEventInvokeConfigs(list -> list.functionName(name))
                        .functionEventInvokeConfigs())
                .hasSize(1);
        lambda.deleteFunctionEventInvokeConfig(
                delete -> delete.functionName(name).qualifier("live"));

        allowRule("arn:aws:events:us-east-1:000000000000:rule/b/r", "live");
        assertThat(lambda.getPolicy(get -> get.functionName(name).qualifier("live"))
                        .policy())
                .contains("AllowRule", "AWS:SourceArn");
        lambda.removePermission(
                remove -> remove.functionName(name).qualifier("live").statementId("AllowRule"));

        String arn =
                lambda.getFunctionConfiguration(get -> get.functionName(name)).functionArn();
        lambda.tagResource(tag -> tag.resource(arn).tags(Map.of("a", "b")));
        lambda.untagResource(untag -> untag.resource(arn).tagKeys("Name"));
        assertThat(lambda.listTags(list -> list.resource(arn)).tags()).containsOnlyKeys("a");
        lambda.putFunctionConcurrency(put -> put.functionName(name).reservedConcurrentExecutions(0));
        assertThat(lambda.getFunctionConcurrency(get -> get.functionName(name)).reservedConcurrentExecutions())
                .isZero();
        assertThatThrownBy(() -> lambda.invoke(invoke -> invoke.functionName(name)))
                .isInstanceOf(TooManyRequestsException.class);
        lambda.deleteFunctionConcurrency(delete -> delete.functionName(name));
        assertThat(lambda.getAccountSettings().accountUsage().functionCount()).isPositive();

        InvokeResponse answer = lambda.invoke(invoke -> invoke.functionName(name)
                .qualifier("live")
                .logType(LogType.TAIL)
                .payload(SdkBytes.fromUtf8String("{\"x\":1}")));
        assertThat(answer.payload().asUtf8String()).isEqualTo("{\"echo\":{\"x\":1}}");
        assertThat(answer.executedVersion()).isEqualTo("2");
        assertThat(answer.logResult()).isNotBlank();
        assertThat(lambda.invoke(invoke -> invoke.functionName(name).invocationType(InvocationType.DRY_RUN))
                        .statusCode())
                .isEqualTo(204);

        lambda.updateFunctionCode(update -> update.functionName(name)
                .zipFile(SdkBytes.fromByteArray(FunctionZip.of(ScriptedHandler.class, FunctionZip.class))));
        assertThat(lambda.listFunctions().functions()).isNotEmpty();
        lambda.deleteAlias(delete -> delete.functionName(name).name("live"));
        lambda.deleteFunction(delete -> delete.functionName(name).qualifier("1"));
        lambda.deleteFunction(delete -> delete.functionName(name));
        assertThatThrownBy(() -> lambda.getFunction(get -> get.functionName(name)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: arn:aws:lambda:us-east-1:000000000000:function:" + name);
    }

    /** Jackson's own limit for a text is 20 million characters, which is a zip of 15 MB as base64. */
    @Test
    void zipOfMoreThanFifteenMegabytesIsTakenInline() {
        byte[] zip = FunctionZip.padded(20_000_000, ScriptedHandler.class);

        createFunction(queueArn(), zip);

        assertThat(lambda.getFunctionConfiguration(get -> get.functionName(name))
                        .codeSize())
                .isEqualTo(zip.length);
    }

    @Test
    void asynchronousEventThatKeepsFailingIsDeadLettered() {
        createFunction(queueArn());
        InvokeResponse accepted = lambda.invoke(invoke -> invoke.functionName(name)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String("{\"do\":\"fail\"}")));
        assertThat(accepted.statusCode()).isEqualTo(202);

        Message letter = received();
        assertThat(letter.body()).isEqualTo("{\"do\":\"fail\"}");
        assertThat(letter.messageAttributes().get("ErrorCode").stringValue()).isEqualTo("200");
        assertThat(letter.messageAttributes().get("ErrorMessage").stringValue()).isEqualTo("told to fail");
        String requestId = letter.messageAttributes().get("RequestID").stringValue();
        Eventually.holds("three attempts in the log", () -> starts(requestId) == 3);
    }

    private long starts(String requestId) {
        List<FilteredLogEvent> found = logs.filterLogEvents(filter -> filter.logGroupName("/aws/lambda/" + name)
                        .filterPattern("\"START RequestId: " + requestId + "\""))
                .events();
        return found.size();
    }

    @Test
    void eventReachesTheFunctionByteForByte() {
        createFunction(queueArn());
        lambda.publishVersion(publish -> publish.functionName(name));
        String alias = lambda.createAlias(
                        create -> create.functionName(name).name("live").functionVersion("1"))
                .aliasArn();
        allowRule(rule(alias, queueArn()), "live");

        PutEventsResponse accepted = put("{ \"price\" : 12.3400, \"say\":\"say\" }");

        assertThat(accepted.failedEntryCount()).isZero();
        Eventually.holds(
                "the function ran",
                () ->
                        logs
                                .describeLogGroups(describe -> describe.logGroupNamePrefix("/aws/lambda/" + name))
                                .logGroups()
                                .stream()
                                .anyMatch(group -> group.storedBytes() > 0));
    }

    @Test
    void eventThatFailsIsTriedThreeTimesAndDeadLettered() {
        createFunction(queueArn());
        lambda.publishVersion(publish -> publish.functionName(name));
        String alias = lambda.createAlias(
                        create -> create.functionName(name).name("live").functionVersion("1"))
                .aliasArn();
        String ruleArn = rule(alias, queueArn());
        allowRule(ruleArn, "live");
        events.putTargets(put -> put.rule(name)
                .eventBusName(name)
                .targets(Target.builder()
                        .id("t")
                        .arn(alias)
                        .inputPath("$.detail")
                        .build()));

        put("{\"do\":\"fail\"}");

        Message letter = received();
        assertThat(letter.body()).isEqualTo("{\"do\":\"fail\"}");
        assertThat(letter.messageAttributes()).containsOnlyKeys("RequestID", "ErrorCode", "ErrorMessage");
        String requestId = letter.messageAttributes().get("RequestID").stringValue();
        Eventually.holds("three attempts in the log", () -> starts(requestId) == 3);
    }

    @Test
    void eventThatMatchesNoRuleIsInTheArchiveAlone() {
        String ruleArn = rule(queueArn(), queueArn());
        allowQueue(ruleArn);
        String busArn = events.describeEventBus(describe -> describe.name(name)).arn();
        events.createArchive(create -> create.archiveName(name).eventSourceArn(busArn));

        PutEventsResponse accepted = events.putEvents(put -> put.entries(PutEventsRequestEntry.builder()
                .eventBusName(name)
                .source("of.nobody")
                .detailType("Trade Execution")
                .detail("{}")
                .build()));
        put("{\"after\":1}");

        assertThat(accepted.failedEntryCount()).isZero();
        assertThat(received().body()).contains("\"after\":1");
        assertThat(events.describeArchive(describe -> describe.archiveName(name))
                        .eventCount())
                .isEqualTo(2);
    }

    @Test
    void eventThatIsTooLargeIsRefusedWithItsRequest() {
        events.createEventBus(create -> create.name(name));

        assertThatThrownBy(() -> put("{\"a\":\"" + "x".repeat(1_100_000) + "\"}"))
                .isInstanceOf(EventBridgeException.class)
                .hasMessageContaining("Total size of the entries in the request is over the limit.");
    }

    @Test
    void eventWithoutPermissionGoesToTheDeadLetterQueueAtOnce() {
        createFunction(queueArn());
        String functionArn =
                lambda.getFunctionConfiguration(get -> get.functionName(name)).functionArn();
        String ruleArn = rule(functionArn, queueArn());
        allowQueue(ruleArn);

        put("{\"price\":12.3400}");

        Message letter = received();
        assertThat(letter.body())
                .startsWith("{\"version\":\"0\",\"id\":\"")
                .contains("\"detail-type\":\"Trade Execution\",\"source\":\"market.data\",\"account\":\"000000000000\"")
                .endsWith("\"region\":\"us-east-1\",\"resources\":[],\"detail\":{\"price\":12.3400}}");
        assertThat(letter.messageAttributes().get("ERROR_CODE").stringValue()).isEqualTo("NO_PERMISSIONS");
        assertThat(letter.messageAttributes().get("RULE_ARN").stringValue()).isEqualTo(ruleArn);
        assertThat(letter.messageAttributes().get("TARGET_ARN").stringValue()).isEqualTo(functionArn);
        assertThat(letter.messageAttributes().get("RETRY_ATTEMPTS").stringValue())
                .isEqualTo("0");
        assertThat(letter.messageAttributes()).doesNotContainKey("EXHAUSTED_RETRY_CONDITION");
    }

    private String mappedQueue(Map<QueueAttributeName, String> attributes) {
        String url = queueUrl();
        sqs.setQueueAttributes(set -> set.queueUrl(url).attributes(attributes));
        createFunction(queueArn());
        return lambda.createEventSourceMapping(create -> create.functionName(name)
                        .eventSourceArn(queueArn())
                        .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES)
                        .batchSize(20)
                        .maximumBatchingWindowInSeconds(1)
                        .scalingConfig(scaling -> scaling.maximumConcurrency(2)))
                .uuid();
    }

    private int visible(String url) {
        return Integer.parseInt(sqs.getQueueAttributes(
                        get -> get.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    private int waiting(String url) {
        Map<QueueAttributeName, String> counts = sqs.getQueueAttributes(
                        get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
        return Integer.parseInt(counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                + Integer.parseInt(counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    @Test
    void sourceMappingLivesThroughAllItsOperations() {
        String uuid = mappedQueue(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "60"));

        assertThat(lambda.getEventSourceMapping(get -> get.uuid(uuid)).state()).isEqualTo("Enabled");
        assertThat(lambda.listEventSourceMappings(list -> list.functionName(name))
                        .eventSourceMappings())
                .hasSize(1);
        assertThatThrownBy(() -> lambda.createEventSourceMapping(
                        create -> create.functionName(name).eventSourceArn(queueArn())))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining(uuid);
        assertThatThrownBy(() -> lambda.updateEventSourceMapping(
                        update -> update.uuid(uuid).batchSize(100).maximumBatchingWindowInSeconds(0)))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("must be greater than 0");
        assertThat(lambda.updateEventSourceMapping(update -> update.uuid(uuid).enabled(false))
                        .state())
                .isEqualTo("Updating");
        assertThat(lambda.getEventSourceMapping(get -> get.uuid(uuid)).state()).isEqualTo("Disabled");
        assertThat(lambda.deleteEventSourceMapping(delete -> delete.uuid(uuid)).state())
                .isEqualTo("Deleting");
        assertThatThrownBy(() -> lambda.getEventSourceMapping(get -> get.uuid(uuid)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void sourceMappingWhenQueueShowsMessagesTooSoonIsRefused() {
        assertThatThrownBy(() -> mappedQueue(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "5")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Queue visibility timeout: 5 seconds is less than Function timeout: 10 seconds");
    }

    @Test
    void mappedQueueWhenSomeMessagesFailKeepsThoseAndGivesThemUpAfterTheirReceives() {
        String letters =
                sqs.createQueue(create -> create.queueName(name + "-letters")).queueUrl();
        String lettersArn = queueArn() + "-letters";
        String uuid = mappedQueue(Map.of(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                "60",
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"" + lettersArn + "\",\"maxReceiveCount\":3}"));
        String url = queueUrl();

        for (int i = 0; i < 30; i++) {
            String body = "message " + i + (i % 10 == 0 ? " refuse me" : "");
            sqs.sendMessage(send -> send.queueUrl(url).messageBody(body));
        }

        Eventually.holds("three dead letters and nothing else", () -> waiting(url) == 0 && waiting(letters) == 3);
        Message letter = sqs.receiveMessage(receive ->
                        receive.queueUrl(letters).messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .get(0);
        assertThat(letter.body()).endsWith("refuse me");
        assertThat(letter.messageAttributes()).isEmpty();
        lambda.deleteEventSourceMapping(delete -> delete.uuid(uuid));
    }

    @Test
    void mappedQueueWhenTheFunctionThrowsKeepsTheWholeBatch() {
        String letters =
                sqs.createQueue(create -> create.queueName(name + "-letters")).queueUrl();
        String uuid = mappedQueue(Map.of(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                "60",
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"" + queueArn() + "-letters\",\"maxReceiveCount\":2}"));
        String url = queueUrl();

        sqs.sendMessage(send -> send.queueUrl(url).messageBody("fail all"));

        Eventually.holds("one dead letter", () -> waiting(url) == 0 && waiting(letters) == 1);
        lambda.deleteEventSourceMapping(delete -> delete.uuid(uuid));
    }

    @Test
    void mappedQueueWhenDisabledIsLeftAloneAndThenWorkedOff() throws Exception {
        String uuid = mappedQueue(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "60"));
        String url = queueUrl();
        lambda.updateEventSourceMapping(update -> update.uuid(uuid).enabled(false));
        // Longer than a poller that was about to ask would wait for an answer.
        Thread.sleep(2_000);
        // One that asks late all the same takes a message; a mapping that isn't disabled takes all of them.
        for (int i = 0; i < 3 && visible(url) == 0; i++) {
            sqs.sendMessage(send -> send.queueUrl(url).messageBody("message"));
            Thread.sleep(2_000);
        }
        assertThat(visible(url)).isEqualTo(1);

        lambda.updateEventSourceMapping(update -> update.uuid(uuid).enabled(true));
        Eventually.holds("an empty queue", () -> waiting(url) == 0);
        lambda.deleteEventSourceMapping(delete -> delete.uuid(uuid));
    }

    @Test
    void mappedQueueWhenDisabledWhileABatchIsGatheredHandsThatOver() {
        String uuid = mappedQueue(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "600"));
        String url = queueUrl();
        lambda.updateEventSourceMapping(update -> update.uuid(uuid).maximumBatchingWindowInSeconds(20));
        sqs.sendMessage(send -> send.queueUrl(url).messageBody("message"));
        Eventually.holds("a message in hand", () -> sqs.getQueueAttributes(get ->
                        get.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .containsValue("1"));

        lambda.updateEventSourceMapping(update -> update.uuid(uuid).enabled(false));

        Eventually.holds("an empty queue", () -> waiting(url) == 0);
        lambda.deleteEventSourceMapping(delete -> delete.uuid(uuid));
    }

    @Test
    void busLivesThroughAllItsOperations() {
        createFunction(queueArn());
        String functionArn =
                lambda.getFunctionConfiguration(get -> get.functionName(name)).functionArn();
        String ruleArn = rule(functionArn, queueArn());
        assertThatThrownBy(() -> events.createEventBus(create -> create.name(name)))
                .isInstanceOf(ResourceAlreadyExistsException.class);
        events.updateEventBus(update -> update.name(name).description("ticks"));
        String busArn = events.describeEventBus(describe -> describe.name(name)).arn();
        assertThat(busArn).isEqualTo("arn:aws:events:us-east-1:000000000000:event-bus/" + name);
        assertThat(events.listEventBuses(list -> list.namePrefix(name)).eventBuses())
                .hasSize(1);
        events.putPermission(put -> put.eventBusName(name)
                .statementId("other")
                .action("events:PutEvents")
                .principal("111122223333"));
        events.removePermission(remove -> remove.eventBusName(name).statementId("other"));

        assertThatThrownBy(() -> events.putRule(
                        put -> put.name("bad").eventBusName(name).eventPattern("{\"source\":\"market.data\"}")))
                .isInstanceOf(InvalidEventPatternException.class)
                .hasMessageContaining("Event pattern is not valid. Reason: ");
        events.disableRule(disable -> disable.name(name).eventBusName(name));
        assertThat(events.describeRule(describe -> describe.name(name).eventBusName(name))
                        .state())
                .isEqualTo(RuleState.DISABLED);
        events.enableRule(enable -> enable.name(name).eventBusName(name));
        assertThat(events.listRules(list -> list.eventBusName(name)).rules()).hasSize(1);
        assertThat(events.listRuleNamesByTarget(list -> list.eventBusName(name).targetArn(functionArn))
                        .ruleNames())
                .containsExactly(name);
        events.tagResource(tag ->
                tag.resourceARN(ruleArn).tags(Tag.builder().key("a").value("b").build()));
        assertThat(events.listTagsForResource(list -> list.resourceARN(ruleArn)).tags())
                .hasSize(1);
        events.untagResource(untag -> untag.resourceARN(ruleArn).tagKeys("a"));
        assertThat(events.testEventPattern(
                                test -> test.eventPattern("{\"source\":[\"a\"]}")
                                        .event(
                                                "{\"id\":\"1\",\"source\":\"a\",\"detail-type\":\"d\",\"account\":\"1\","
                                                        + "\"time\":\"2026-01-01T00:00:00Z\",\"region\":\"r\",\"resources\":[],\"detail\":{}}"))
                        .result())
                .isTrue();
        assertThat(events.listTargetsByRule(list -> list.rule(name).eventBusName(name))
                        .targets())
                .hasSize(1);
        events.removeTargets(remove -> remove.rule(name).eventBusName(name).ids("t"));
        events.deleteRule(delete -> delete.name(name).eventBusName(name));
        events.deleteEventBus(delete -> delete.name(name));
    }

    @Test
    void archiveIsReplayedToTheChosenRuleUnderTheReplaysName() {
        String ruleArn = rule(queueArn(), queueArn());
        String busArn = events.describeEventBus(describe -> describe.name(name)).arn();
        String archive = events.createArchive(create -> create.archiveName(name)
                        .eventSourceArn(busArn)
                        .retentionDays(30)
                        .eventPattern("{\"detail-type\":[\"Trade Execution\"]}"))
                .archiveArn();
        allowQueue(ruleArn);
        put("{\"n\":1}");
        assertThat(received().body()).doesNotContain("replay-name");
        assertThat(events.describeArchive(describe -> describe.archiveName(name))
                        .eventCount())
                .isEqualTo(1);
        events.updateArchive(update -> update.archiveName(name).retentionDays(7));
        assertThat(events.listArchives(list -> list.namePrefix(name)).archives())
                .hasSize(1);

        events.startReplay(start -> start.replayName(name)
                .eventSourceArn(archive)
                .eventStartTime(Instant.now().minusSeconds(3600))
                .eventEndTime(Instant.now().plusSeconds(60))
                .destination(destination -> destination.arn(busArn).filterArns(ruleArn)));
        Eventually.holds(
                "the replay ended",
                () -> events.describeReplay(describe -> describe.replayName(name))
                                .state()
                        == ReplayState.COMPLETED);
        Eventually.holds(
                "the replayed event came", () -> received().body().contains("\"replay-name\":\"" + name + "\""));
        assertThat(events.listReplays(list -> list.namePrefix(name)).replays()).hasSize(1);
        assertThat(events.describeArchive(describe -> describe.archiveName(name))
                        .eventCount())
                .isEqualTo(1);
        assertThatThrownBy(() -> events.cancelReplay(cancel -> cancel.replayName(name)))
                .hasMessageContaining("not in a valid state");
        events.deleteArchive(delete -> delete.archiveName(name));
    }

    @Test
    void logGroupLivesThroughAllItsOperations() {
        String group = "/test/" + name;
        logs.createLogGroup(create -> create.logGroupName(group).tags(Map.of("a", "b")));
        logs.putRetentionPolicy(put -> put.logGroupName(group).retentionInDays(30));
        String arn = logs.describeLogGroups(describe -> describe.logGroupNamePrefix(group))
                .logGroups()
                .get(0)
                .logGroupArn();
        logs.deleteRetentionPolicy(delete -> delete.logGroupName(group));
        logs.associateKmsKey(
                associate -> associate.logGroupName(group).kmsKeyId("arn:aws:kms:us-east-1:000000000000:key/k"));
        logs.tagResource(tag -> tag.resourceArn(arn).tags(Map.of("c", "d")));
        assertThat(logs.listTagsForResource(list -> list.resourceArn(arn)).tags())
                .containsOnlyKeys("a", "c");
        logs.untagResource(untag -> untag.resourceArn(arn).tagKeys("a"));
        logs.disassociateKmsKey(disassociate -> disassociate.logGroupName(group));
        assertThat(logs.listTagsForResource(list -> list.resourceArn(arn)).tags())
                .containsOnlyKeys("c");
        logs.createLogStream(create -> create.logGroupName(group).logStreamName("s"));
        long now = System.currentTimeMillis();
        logs.putLogEvents(put -> put.logGroupName(group)
                .logStreamName("s")
                .logEvents(
                        InputLogEvent.builder().timestamp(now).message("one").build(),
                        InputLogEvent.builder()
                                .timestamp(now + 1)
                                .message("{\"level\":\"ERROR\",\"n\":2}")
                                .build()));
        assertThat(logs.describeLogStreams(describe -> describe.logGroupName(group)
                                .orderBy(OrderBy.LAST_EVENT_TIME)
                                .descending(true))
                        .logStreams())
                .extracting(LogStream::lastEventTimestamp)
                .containsExactly(now + 1);
        var page = logs.getLogEvents(get ->
                get.logGroupName(group).logStreamName("s").startFromHead(true).limit(1));
        assertThat(page.events()).extracting("message").containsExactly("one");
        var second = logs.getLogEvents(
                get -> get.logGroupName(group).logStreamName("s").nextToken(page.nextForwardToken()));
        assertThat(second.events()).hasSize(1);
        var last = logs.getLogEvents(
                get -> get.logGroupName(group).logStreamName("s").nextToken(second.nextForwardToken()));
        assertThat(last.events()).isEmpty();
        assertThat(last.nextForwardToken()).isEqualTo(second.nextForwardToken());
        assertThat(logs.filterLogEventsPaginator(filter -> filter.logGroupName(group)
                                .filterPattern("{ $.level = \"ERROR\" && $.n >= 2 }")
                                .limit(1))
                        .events())
                .extracting(FilteredLogEvent::timestamp)
                .containsExactly(now + 1);
        logs.deleteLogStream(delete -> delete.logGroupName(group).logStreamName("s"));
        logs.deleteLogGroup(delete -> delete.logGroupName(group));
    }
}
