package io.marketpipeline.maven.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.Configurations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Terraform original set, setting by setting, in the template of a pom that names nothing but the handler. */
class TerraformOriginalTest {
    private static final Map<String, Object> TEMPLATE =
            TemplateParser.parse(PipelineTemplate.of(Configurations.minimal(), new CodeArtifact("ab".repeat(32)))
                    .yaml());

    @ParameterizedTest
    @CsvSource({
        "MarketDataTable, TableName, market-data-dev",
        "AuditTrailTable, TableName, audit-trail-dev",
        "EventBus, Name, market-data-bus-dev",
        "TradeEventsRule, Name, trade-events-rule-dev",
        "QuoteEventsRule, Name, quote-events-rule-dev",
        "Function, FunctionName, market-processor-dev",
        "FunctionRole, RoleName, market-processor-lambda-role-dev",
        "FunctionLogGroup, LogGroupName, /aws/lambda/market-processor-dev",
        "DeadLetterQueue, QueueName, market-processor-dlq-dev",
        "ErrorsAlarm, AlarmName, market-processor-errors-dev",
        "DurationAlarm, AlarmName, market-processor-duration-dev",
    })
    void resourceHasItsName(String resource, String property, String name) {
        assertThat(properties(resource)).containsEntry(property, name);
    }

    @ParameterizedTest
    @CsvSource({
        "MarketDataTable, market-data-dev",
        "AuditTrailTable, audit-trail-dev",
        "EventBus, market-data-bus-dev",
        "TradeEventsRule, trade-events-rule-dev",
        "QuoteEventsRule, quote-events-rule-dev",
        "Function, market-processor-dev",
        "FunctionRole, market-processor-lambda-role-dev",
        "FunctionLogGroup, market-processor-logs-dev",
        "DeadLetterQueue, market-processor-dlq-dev",
        "ErrorsAlarm, market-processor-errors-dev",
        "DurationAlarm, market-processor-duration-dev",
    })
    void resourceHasItsNameTag(String resource, String name) {
        assertThat(list(properties(resource), "Tags")).contains(Map.of("Key", "Name", "Value", name));
    }

    @Test
    void marketDataTableHasKeyIndexesTtlRecoveryAndEncryption() {
        Map<String, Object> table = properties("MarketDataTable");

        assertThat(table).containsEntry("BillingMode", "PAY_PER_REQUEST").doesNotContainKey("StreamSpecification");
        assertThat(list(table, "KeySchema")).isEqualTo(key("event_id"));
        assertThat(list(table, "AttributeDefinitions"))
                .containsExactlyInAnyOrder(
                        attribute("event_id", "S"),
                        attribute("timestamp", "N"),
                        attribute("exchange", "S"),
                        attribute("symbol", "S"));
        assertThat(list(table, "GlobalSecondaryIndexes"))
                .containsExactlyInAnyOrder(index("ExchangeIndex", "exchange"), index("SymbolIndex", "symbol"));
        assertThat(map(table, "TimeToLiveSpecification"))
                .containsEntry("AttributeName", "expiration_time")
                .containsEntry("Enabled", "true");
        assertThat(map(table, "PointInTimeRecoverySpecification")).containsEntry("PointInTimeRecoveryEnabled", "true");
        assertThat(map(table, "SSESpecification")).containsEntry("SSEEnabled", "true");
    }

    @Test
    void auditTrailTableHasKeyIndexRecoveryAndEncryption() {
        Map<String, Object> table = properties("AuditTrailTable");

        assertThat(table).containsEntry("BillingMode", "PAY_PER_REQUEST").doesNotContainKey("TimeToLiveSpecification");
        assertThat(list(table, "KeySchema")).isEqualTo(key("audit_id"));
        assertThat(list(table, "GlobalSecondaryIndexes")).containsExactly(index("EventTypeIndex", "event_type"));
        assertThat(map(table, "PointInTimeRecoverySpecification")).containsEntry("PointInTimeRecoveryEnabled", "true");
        assertThat(map(table, "SSESpecification")).containsEntry("SSEEnabled", "true");
    }

    @Test
    void functionHasTimeoutMemoryVariablesAndDeadLetters() {
        Map<String, Object> function = properties("Function");

        assertThat(function).containsEntry("Timeout", "30").containsEntry("MemorySize", "512");
        assertThat(map(map(function, "Environment"), "Variables"))
                .containsEntry("MARKET_DATA_TABLE", "!Ref MarketDataTable")
                .containsEntry("AUDIT_TRAIL_TABLE", "!Ref AuditTrailTable")
                .containsEntry("ENVIRONMENT", "dev");
        assertThat(map(function, "DeadLetterConfig")).containsEntry("TargetArn", "!GetAtt DeadLetterQueue.Arn");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TradeEventsRule | trade-lambda-target | Trade Execution | Trade Update",
                "QuoteEventsRule | quote-lambda-target | Market Quote | Price Update",
            })
    void ruleHasPatternTargetRetryAndDeadLetters(String resource, String targetId, String first, String second) {
        Map<String, Object> rule = properties(resource);
        Map<String, Object> target = asMap(list(rule, "Targets").get(0));

        assertThat(map(rule, "EventPattern"))
                .containsEntry("source", List.of("market.data"))
                .containsEntry("detail-type", List.of(first, second));
        assertThat(rule).containsKey("Description").containsEntry("EventBusName", "!Ref EventBus");
        assertThat(list(rule, "Targets")).hasSize(1);
        assertThat(target).containsEntry("Id", targetId).containsEntry("Arn", "!Ref FunctionAlias");
        assertThat(map(target, "RetryPolicy"))
                .containsEntry("MaximumEventAgeInSeconds", "3600")
                .containsEntry("MaximumRetryAttempts", "2");
        assertThat(map(target, "DeadLetterConfig")).containsEntry("Arn", "!GetAtt DeadLetterQueue.Arn");
    }

    @ParameterizedTest
    @CsvSource({
        "AllowEventBridgeTradeInvoke, trade-events-rule-dev",
        "AllowEventBridgeQuoteInvoke, quote-events-rule-dev"
    })
    void ruleMayInvokeTheFunction(String permission, String rule) {
        assertThat(properties(permission))
                .containsEntry("Action", "lambda:InvokeFunction")
                .containsEntry("Principal", "events.amazonaws.com")
                .containsEntry("FunctionName", "!Ref FunctionAlias")
                .hasEntrySatisfying(
                        "SourceArn", arn -> assertThat(String.valueOf(arn)).endsWith("/" + rule));
    }

    @Test
    void deadLettersAreKeptFourteenDays() {
        assertThat(properties("DeadLetterQueue")).containsEntry("MessageRetentionPeriod", "1209600");
    }

    @Test
    void logsAreKeptThirtyDays() {
        assertThat(properties("FunctionLogGroup")).containsEntry("RetentionInDays", "30");
    }

    @Test
    void alarmWatchesErrors() {
        assertThat(properties("ErrorsAlarm"))
                .containsEntry("Namespace", "AWS/Lambda")
                .containsEntry("MetricName", "Errors")
                .containsEntry("Statistic", "Sum")
                .containsEntry("Period", "60")
                .containsEntry("EvaluationPeriods", "1")
                .containsEntry("Threshold", "5")
                .containsEntry("ComparisonOperator", "GreaterThanThreshold")
                .containsEntry("TreatMissingData", "notBreaching")
                .containsKey("AlarmDescription");
    }

    @Test
    void alarmWatchesDuration() {
        assertThat(properties("DurationAlarm"))
                .containsEntry("Namespace", "AWS/Lambda")
                .containsEntry("MetricName", "Duration")
                .containsEntry("Statistic", "Average")
                .containsEntry("Period", "60")
                .containsEntry("EvaluationPeriods", "2")
                .containsEntry("Threshold", "5000")
                .containsEntry("ComparisonOperator", "GreaterThanThreshold")
                .containsEntry("TreatMissingData", "notBreaching")
                .containsKey("AlarmDescription");
    }

    @Test
    void outputsAreTheThirteenAndMore() {
        assertThat(map(TEMPLATE, "Outputs"))
                .containsKeys(
                        "EventBusName",
                        "EventBusArn",
                        "FunctionName",
                        "FunctionArn",
                        "MarketDataTableName",
                        "MarketDataTableArn",
                        "AuditTrailTableName",
                        "AuditTrailTableArn",
                        "DeadLetterQueueUrl",
                        "DeadLetterQueueArn",
                        "LogGroupName",
                        "TradeEventsRuleArn",
                        "QuoteEventsRuleArn");
    }

    private static List<Object> key(String partition) {
        return List.of(
                Map.of("AttributeName", partition, "KeyType", "HASH"),
                Map.of("AttributeName", "timestamp", "KeyType", "RANGE"));
    }

    private static Map<String, Object> attribute(String name, String type) {
        return Map.of("AttributeName", name, "AttributeType", type);
    }

    private static Map<String, Object> index(String name, String partition) {
        return Map.of("IndexName", name, "KeySchema", key(partition), "Projection", Map.of("ProjectionType", "ALL"));
    }

    private static Map<String, Object> properties(String resource) {
        return map(map(map(TEMPLATE, "Resources"), resource), "Properties");
    }

    private static Map<String, Object> map(Map<String, Object> map, String key) {
        assertThat(map).containsKey(key);
        return asMap(map.get(key));
    }

    @SuppressWarnings("unchecked") // The parser makes no other maps.
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked") // The parser makes no other lists.
    private static List<Object> list(Map<String, Object> map, String key) {
        return (List<Object>) map.get(key);
    }
}
