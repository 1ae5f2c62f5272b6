package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.PipelineConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A resource that the Terraform original made and a stack can take over. Immutable.
 *
 * @param kind what it is
 * @param terraform its address in the original's state
 * @param logicalId what the stack calls it
 * @param name its name in AWS
 */
public record OriginalResource(Kind kind, String terraform, String logicalId, String name) {
    private static final String TRADE_EVENTS = "trade-events";
    private static final String QUOTE_EVENTS = "quote-events";

    /** Kinds of resources, each of a type that CloudFormation can import. */
    public enum Kind {
        TABLE("AWS::DynamoDB::Table", "TableName"),
        BUS("AWS::Events::EventBus", "Name"),
        LOG_GROUP("AWS::Logs::LogGroup", "LogGroupName"),
        ROLE("AWS::IAM::Role", "RoleName"),
        QUEUE("AWS::SQS::Queue", "QueueUrl"),
        FUNCTION("AWS::Lambda::Function", "FunctionName"),
        RULE("AWS::Events::Rule", "Arn"),
        ALARM("AWS::CloudWatch::Alarm", "AlarmName");

        private final String type;
        private final String identifier;

        Kind(String type, String identifier) {
            this.type = type;
            this.identifier = identifier;
        }

        /** CloudFormation's name of the type. */
        public String type() {
            return type;
        }

        /** The property that an import names a resource by: its schema's primary identifier. */
        public String identifier() {
            return identifier;
        }
    }

    /** All that the configuration has a place for, in the order of the original's files. */
    public static List<OriginalResource> of(PipelineConfig config) {
        var names = config.names();
        List<OriginalResource> all = new ArrayList<>(List.of(
                new OriginalResource(
                        Kind.TABLE,
                        "aws_dynamodb_table.market_data",
                        LogicalIds.MARKET_DATA_TABLE,
                        names.marketDataTable()),
                new OriginalResource(
                        Kind.TABLE,
                        "aws_dynamodb_table.audit_trail",
                        LogicalIds.AUDIT_TRAIL_TABLE,
                        names.auditTrailTable()),
                new OriginalResource(
                        Kind.BUS, "aws_cloudwatch_event_bus.market_data", LogicalIds.EVENT_BUS, names.eventBus()),
                new OriginalResource(
                        Kind.LOG_GROUP,
                        "aws_cloudwatch_log_group.market_processor",
                        LogicalIds.LOG_GROUP,
                        names.logGroup()),
                new OriginalResource(Kind.ROLE, "aws_iam_role.lambda_execution", LogicalIds.ROLE, names.functionRole()),
                new OriginalResource(Kind.QUEUE, "aws_sqs_queue.dlq", LogicalIds.QUEUE, names.deadLetterQueue()),
                new OriginalResource(
                        Kind.FUNCTION, "aws_lambda_function.market_processor", LogicalIds.FUNCTION, names.function())));
        config.rules().stream()
                .map(rule -> rule.name())
                .filter(List.of(TRADE_EVENTS, QUOTE_EVENTS)::contains)
                .forEach(rule -> all.add(new OriginalResource(
                        Kind.RULE,
                        "aws_cloudwatch_event_rule." + rule.replace('-', '_'),
                        LogicalIds.rule(rule),
                        names.rule(rule))));
        all.add(new OriginalResource(
                Kind.ALARM, "aws_cloudwatch_metric_alarm.lambda_errors", "ErrorsAlarm", names.alarm("errors")));
        all.add(new OriginalResource(
                Kind.ALARM, "aws_cloudwatch_metric_alarm.lambda_duration", "DurationAlarm", names.alarm("duration")));
        return List.copyOf(all);
    }

    /**
     * Addresses in the original's state of what no stack can import: it is replaced by the stack's own, or part of
     * another resource there.
     */
    public static List<String> notImportable() {
        return List.of(
                "aws_cloudwatch_event_target.trade_lambda",
                "aws_cloudwatch_event_target.quote_lambda",
                "aws_lambda_permission.eventbridge_trade",
                "aws_lambda_permission.eventbridge_quote",
                "aws_iam_role_policy.lambda_dynamodb",
                "aws_iam_role_policy.lambda_logging",
                "aws_iam_role_policy.lambda_dlq");
    }

    /** The ids that the pipeline's rules give their targets, by the rules' names; the original's rules have the same. */
    public static Map<String, String> targetIds(PipelineConfig config) {
        Map<String, String> ids = new TreeMap<>();
        config.rules().forEach(rule -> ids.put(config.names().rule(rule.name()), BusResources.targetId(rule)));
        return ids;
    }

    /** The original's statement ids in the function's own policy. */
    public static List<String> permissions() {
        return List.of(LogicalIds.permission(TRADE_EVENTS), LogicalIds.permission(QUOTE_EVENTS));
    }
}
