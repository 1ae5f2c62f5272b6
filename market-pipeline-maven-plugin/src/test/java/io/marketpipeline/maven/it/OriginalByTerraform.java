package io.marketpipeline.maven.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The Terraform original of one environment, made call by call as its provider would, with its default tags. The function
 * is a working one in the original's place: what runs in it is the test's to say.
 */
final class OriginalByTerraform implements AutoCloseable {
    private static final AwsCredentialsProvider KEYS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    private final String environment;
    final DynamoDbClient dynamoDb;
    final EventBridgeClient events;
    final LambdaClient lambda;
    final SqsClient sqs;
    final IamClient iam;
    final CloudWatchClient cloudWatch;
    final CloudWatchLogsClient logs;
    private String queueArn = "";

    OriginalByTerraform(URI endpoint, String environment) {
        this.environment = environment;
        this.dynamoDb = at(endpoint, DynamoDbClient.builder());
        this.events = at(endpoint, EventBridgeClient.builder());
        this.lambda = at(endpoint, LambdaClient.builder());
        this.sqs = at(endpoint, SqsClient.builder());
        this.iam = at(endpoint, IamClient.builder());
        this.cloudWatch = at(endpoint, CloudWatchClient.builder());
        this.logs = at(endpoint, CloudWatchLogsClient.builder());
    }

    private static <B extends AwsClientBuilder<B, C>, C> C at(URI endpoint, B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(KEYS)
                .build();
    }

    String named(String base) {
        return base + "-" + environment;
    }

    String queueUrl() {
        return sqs.getQueueUrl(request -> request.queueName(named("market-processor-dlq")))
                .queueUrl();
    }

    /** A zip for a function that nobody invokes. */
    static byte[] anyZip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("handler.py"));
            zip.write("# the original's".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** All of it. */
    void apply(String runtime, String handler, byte[] zip) {
        tables();
        rest(runtime, handler, zip);
    }

    /** All but the tables. */
    void rest(String runtime, String handler, byte[] zip) {
        events.createEventBus(
                request -> request.name(named("market-data-bus")).tags(eventTags(named("market-data-bus"))));
        logs.createLogGroup(request -> request.logGroupName("/aws/lambda/" + named("market-processor"))
                .tags(tags(named("market-processor-logs"))));
        logs.putRetentionPolicy(request ->
                request.logGroupName("/aws/lambda/" + named("market-processor")).retentionInDays(30));
        String roleArn = role();
        function(roleArn, runtime, handler, zip);
        rule("trade", List.of("Trade Execution", "Trade Update"));
        rule("quote", List.of("Market Quote", "Price Update"));
        alarm("errors", "Errors", 1, Statistic.SUM, 5);
        alarm("duration", "Duration", 2, Statistic.AVERAGE, 5000);
    }

    /** The tables alone. */
    void tables() {
        table(named("market-data"), "event_id", Map.of("ExchangeIndex", "exchange", "SymbolIndex", "symbol"));
        dynamoDb.updateTimeToLive(request -> request.tableName(named("market-data"))
                .timeToLiveSpecification(
                        ttl -> ttl.attributeName("expiration_time").enabled(true)));
        table(named("audit-trail"), "audit_id", Map.of("EventTypeIndex", "event_type"));
    }

    private void table(String name, String key, Map<String, String> indexes) {
        List<AttributeDefinition> attributes = new ArrayList<>(
                List.of(attribute(key, ScalarAttributeType.S), attribute("timestamp", ScalarAttributeType.N)));
        List<GlobalSecondaryIndex> secondary = new ArrayList<>();
        new TreeMap<>(indexes).forEach((index, hash) -> {
            attributes.add(attribute(hash, ScalarAttributeType.S));
            secondary.add(GlobalSecondaryIndex.builder()
                    .indexName(index)
                    .keySchema(keys(hash))
                    .projection(projection -> projection.projectionType(ProjectionType.ALL))
                    .build());
        });
        dynamoDb.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes)
                .keySchema(keys(key))
                .globalSecondaryIndexes(secondary)
                .sseSpecification(sse -> sse.enabled(true))
                .tags(tags(name).entrySet().stream()
                        .map(tag -> software.amazon.awssdk.services.dynamodb.model.Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
        dynamoDb.updateContinuousBackups(request -> request.tableName(name)
                .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true)));
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static List<KeySchemaElement> keys(String hash) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(hash)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName("timestamp")
                        .keyType(KeyType.RANGE)
                        .build());
    }

    private String role() {
        String name = named("market-processor-lambda-role");
        String roleArn = iam.createRole(request -> request.roleName(name)
                        .assumeRolePolicyDocument(
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                        + "\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]}")
                        .tags(tags(name).entrySet().stream()
                                .map(tag -> software.amazon.awssdk.services.iam.model.Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList()))
                .role()
                .arn();
        inline(name, "lambda-dynamodb-policy", "\"dynamodb:PutItem\",\"dynamodb:GetItem\",\"dynamodb:Query\"");
        inline(name, "lambda-logging-policy", "\"logs:CreateLogGroup\",\"logs:CreateLogStream\",\"logs:PutLogEvents\"");
        sqs.createQueue(request -> request.queueName(named("market-processor-dlq"))
                .attributes(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "1209600"))
                .tags(tags(named("market-processor-dlq"))));
        queueArn = sqs.getQueueAttributes(
                        request -> request.queueUrl(queueUrl()).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        inline(name, "lambda-dlq-policy", "\"sqs:SendMessage\"");
        return roleArn;
    }

    private void inline(String role, String policy, String actions) {
        iam.putRolePolicy(request -> request.roleName(role)
                .policyName(named(policy))
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":["
                        + actions + "],\"Resource\":\"*\"}]}"));
    }

    private void function(String roleArn, String runtime, String handler, byte[] zip) {
        lambda.createFunction(request -> request.functionName(named("market-processor"))
                .role(roleArn)
                .handler(handler)
                .runtime(runtime)
                .timeout(30)
                .memorySize(512)
                .code(code -> code.zipFile(SdkBytes.fromByteArray(zip)))
                .environment(variables -> variables.variables(Map.of(
                        "MARKET_DATA_TABLE", named("market-data"),
                        "AUDIT_TRAIL_TABLE", named("audit-trail"),
                        "ENVIRONMENT", environment)))
                .deadLetterConfig(deadLetters -> deadLetters.targetArn(queueArn))
                .tags(tags(named("market-processor"))));
    }

    private void rule(String kind, List<String> detailTypes) {
        String name = named(kind + "-events-rule");
        String bus = named("market-data-bus");
        String ruleArn = events.putRule(request -> request.name(name)
                        .eventBusName(bus)
                        .description("Route " + kind + " events to Lambda processor")
                        .eventPattern("{\"source\":[\"market.data\"],\"detail-type\":[\""
                                + String.join("\",\"", detailTypes) + "\"]}")
                        .tags(eventTags(name)))
                .ruleArn();
        String functionArn = lambda.getFunctionConfiguration(request -> request.functionName(named("market-processor")))
                .functionArn();
        lambda.addPermission(request -> request.functionName(named("market-processor"))
                .statementId("AllowEventBridge" + Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + "Invoke")
                .action("lambda:InvokeFunction")
                .principal("events.amazonaws.com")
                .sourceArn(ruleArn));
        events.putTargets(request -> request.rule(name)
                .eventBusName(bus)
                .targets(Target.builder()
                        .id(kind + "-lambda-target")
                        .arn(functionArn)
                        .retryPolicy(
                                retry -> retry.maximumEventAgeInSeconds(3600).maximumRetryAttempts(2))
                        .deadLetterConfig(deadLetters -> deadLetters.arn(queueArn))
                        .build()));
    }

    private void alarm(String subject, String metric, int periods, Statistic statistic, double threshold) {
        String name = named("market-processor-" + subject);
        cloudWatch.putMetricAlarm(request -> request.alarmName(name)
                .alarmDescription("Alert on " + metric)
                .comparisonOperator("GreaterThanThreshold")
                .evaluationPeriods(periods)
                .metricName(metric)
                .namespace("AWS/Lambda")
                .period(60)
                .statistic(statistic)
                .threshold(threshold)
                .treatMissingData("notBreaching")
                .dimensions(Dimension.builder()
                        .name("FunctionName")
                        .value(named("market-processor"))
                        .build())
                .tags(tags(name).entrySet().stream()
                        .map(tag -> software.amazon.awssdk.services.cloudwatch.model.Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
    }

    /** A row and an audit record in the shape that the original wrote them. */
    void rows(String eventId, String symbol) {
        dynamoDb.putItem(request -> request.tableName(named("market-data"))
                .item(Map.ofEntries(
                        Map.entry("event_id", AttributeValue.fromS(eventId)),
                        Map.entry("timestamp", AttributeValue.fromN("1760000000123")),
                        Map.entry("source", AttributeValue.fromS("market.data")),
                        Map.entry("detail_type", AttributeValue.fromS("Trade Execution")),
                        Map.entry("exchange", AttributeValue.fromS("NYSE")),
                        Map.entry("symbol", AttributeValue.fromS(symbol)),
                        Map.entry("price", AttributeValue.fromN("150.25")),
                        Map.entry("volume", AttributeValue.fromN("1000")),
                        Map.entry("raw_data", AttributeValue.fromS("{\"symbol\": \"" + symbol + "\"}")),
                        Map.entry("processed_at", AttributeValue.fromN("1760000000")),
                        Map.entry("environment", AttributeValue.fromS(environment)),
                        Map.entry("expiration_time", AttributeValue.fromN("4102444800")))));
        dynamoDb.putItem(request -> request.tableName(named("audit-trail"))
                .item(Map.of(
                        "audit_id", AttributeValue.fromS("0d8a5f0e-5c3c-4f57-8a3b-0d6f6a6f2c11"),
                        "timestamp", AttributeValue.fromN("1760000000123"),
                        "event_id", AttributeValue.fromS(eventId),
                        "event_type", AttributeValue.fromS("Trade Execution"),
                        "status", AttributeValue.fromS("SUCCESS"),
                        "details", AttributeValue.fromS("{\"event_id\": \"" + eventId + "\"}"),
                        "environment", AttributeValue.fromS(environment),
                        "created_at", AttributeValue.fromN("1760000000"))));
    }

    private Map<String, String> tags(String name) {
        return new TreeMap<>(Map.of(
                "Project", "FinancialMarketData",
                "ManagedBy", "Terraform",
                "Environment", "production",
                "Name", name));
    }

    private List<software.amazon.awssdk.services.eventbridge.model.Tag> eventTags(String name) {
        return tags(name).entrySet().stream()
                .map(tag -> software.amazon.awssdk.services.eventbridge.model.Tag.builder()
                        .key(tag.getKey())
                        .value(tag.getValue())
                        .build())
                .toList();
    }

    @Override
    public void close() {
        List.of(dynamoDb, events, lambda, sqs, iam, cloudWatch, logs).forEach(client -> client.close());
    }
}
