package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.AlarmsConfig;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.RuleConfig;
import io.marketpipeline.maven.config.TradingHours;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.schema.Metrics;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The alarms and the topic that they tell. */
final class AlarmResources {
    private static final int MINUTE = 60;

    /** One number of CloudWatch and what may be wrong with it. */
    private record Watch(
            String subject,
            String description,
            String namespace,
            String metric,
            Properties dimensions,
            String statistic,
            int periods,
            int threshold) {}

    private final PipelineConfig config;
    private final AlarmsConfig alarms;
    private final Encryption encryption;
    private final Tags tags;

    AlarmResources(PipelineConfig config, Encryption encryption, Tags tags) {
        this.config = config;
        this.alarms = config.alarms();
        this.encryption = encryption;
        this.tags = tags;
    }

    List<Resource> resources() {
        List<Resource> resources = new ArrayList<>();
        if (alarms.topic().create()) {
            resources.add(topic());
            resources.add(topicPolicy());
        }
        watches().forEach(watch -> resources.add(alarm(watch)));
        alarms.tradingHours().ifPresent(hours -> resources.add(stoppedFlow(hours)));
        return resources;
    }

    private List<Watch> watches() {
        List<Watch> watches = new ArrayList<>();
        watches.add(function("errors", "Errors", "Invocations that fail", alarms.errors()));
        watches.add(new Watch(
                "duration",
                "The mean invocation takes longer than " + alarms.duration() + " ms",
                "AWS/Lambda",
                "Duration",
                functionDimension(),
                "Average",
                2,
                alarms.duration()));
        watches.add(function(
                "throttles",
                "Throttles",
                "Invocations that Lambda refuses for want of concurrency",
                alarms.throttles()));
        watches.add(
                function("dropped", "AsyncEventsDropped", "Events that Lambda gives up, tried in vain or untried", 0));
        watches.add(function("dead-letter-errors", "DeadLetterErrors", "Dead letters that Lambda can't send", 0));
        watches.add(new Watch(
                "rejected",
                "Events that the function refuses for good, more than " + alarms.rejected() + " in a minute",
                Metrics.NAMESPACE,
                Metrics.REJECTED,
                functionDimension(),
                "Sum",
                1,
                alarms.rejected()));
        watches.add(queue(
                "dlq-depth",
                LogicalIds.QUEUE,
                "ApproximateNumberOfMessagesVisible",
                "Dead letters wait",
                alarms.deadLetters()));
        watches.add(queue(
                "dlq-age",
                LogicalIds.QUEUE,
                "ApproximateAgeOfOldestMessage",
                "The oldest dead letter waits, seconds",
                alarms.deadLetterAge()));
        if (config.delivery().hasQueue()) {
            // With a queue a failed event fails no invocation.
            watches.add(new Watch(
                    "failed",
                    "Events that fail and are tried again, more than " + alarms.errors() + " in a minute",
                    Metrics.NAMESPACE,
                    Metrics.FAILED,
                    functionDimension(),
                    "Sum",
                    1,
                    alarms.errors()));
            watches.add(queue(
                    "queue-depth",
                    LogicalIds.BUFFER,
                    "ApproximateNumberOfMessagesVisible",
                    "Messages wait for the function",
                    alarms.queueDepth()));
            watches.add(queue(
                    "queue-age",
                    LogicalIds.BUFFER,
                    "ApproximateAgeOfOldestMessage",
                    "The oldest message waits for the function, seconds",
                    alarms.queueAge()));
        }
        config.rules().forEach(rule -> watches.add(failedSends(rule)));
        watches.add(writeThrottles("market-data", LogicalIds.MARKET_DATA_TABLE, Optional.empty()));
        watches.add(writeThrottles(
                "exchange-index", LogicalIds.MARKET_DATA_TABLE, Optional.of(MarketDataTable.EXCHANGE_INDEX)));
        watches.add(writeThrottles(
                "symbol-index", LogicalIds.MARKET_DATA_TABLE, Optional.of(MarketDataTable.SYMBOL_INDEX)));
        watches.add(writeThrottles("audit-trail", LogicalIds.AUDIT_TRAIL_TABLE, Optional.empty()));
        if (config.audit().index()) {
            watches.add(writeThrottles(
                    "event-type-index", LogicalIds.AUDIT_TRAIL_TABLE, Optional.of(AuditTrailTable.EVENT_TYPE_INDEX)));
        }
        return watches;
    }

    private Watch function(String subject, String metric, String what, int threshold) {
        return new Watch(
                subject,
                what + ", more than " + threshold + " in a minute",
                "AWS/Lambda",
                metric,
                functionDimension(),
                "Sum",
                1,
                threshold);
    }

    private Watch queue(String subject, String queue, String metric, String what, int threshold) {
        Properties dimension = Properties.of("QueueName", Intrinsic.getAtt(queue, "QueueName"));
        return new Watch(
                subject, what + ", more than " + threshold, "AWS/SQS", metric, dimension, "Maximum", 1, threshold);
    }

    /** Both dimensions: EventBridge user guide, "Dimensions for EventBridge metrics", for rules of a custom bus. */
    private Watch failedSends(RuleConfig rule) {
        return new Watch(
                rule.name() + "-dlq-failures",
                "Events of rule " + rule.name() + " that reach neither the function nor the dead-letter queue",
                "AWS/Events",
                "InvocationsFailedToBeSentToDlq",
                Properties.of("EventBusName", Intrinsic.ref(LogicalIds.EVENT_BUS))
                        .with("RuleName", config.names().rule(rule.name())),
                "Sum",
                1,
                0);
    }

    private Watch writeThrottles(String what, String table, Optional<String> index) {
        return new Watch(
                what + "-throttles",
                "Writes that " + what + " refuses for want of throughput, more than " + alarms.throttles()
                        + " in a minute",
                "AWS/DynamoDB",
                "WriteThrottleEvents",
                Properties.of("TableName", Intrinsic.ref(table)).with("GlobalSecondaryIndexName", index),
                "Sum",
                1,
                alarms.throttles());
    }

    private Resource alarm(Watch watch) {
        Properties properties = named(watch.subject(), watch.description())
                .with("Namespace", watch.namespace())
                .with("MetricName", watch.metric())
                .with("Dimensions", dimensions(watch.dimensions()))
                .with("Statistic", watch.statistic())
                .with("Period", MINUTE)
                .with("EvaluationPeriods", watch.periods())
                .with("Threshold", watch.threshold())
                .with("ComparisonOperator", "GreaterThanThreshold");
        return finished(watch.subject(), properties, "notBreaching");
    }

    /**
     * Outside trading hours the expression is 1, so that the alarm rests. HOUR and its like give a value for each minute
     * even where the metric has none (CloudWatch user guide, "Using metric math"). Should FILL give nothing after hours
     * without an invocation, a missing value in trading hours is a breach as well.
     */
    private Resource stoppedFlow(TradingHours hours) {
        String trading = "DAY(m1) >= " + hours.firstDay().getValue() + " AND DAY(m1) <= "
                + hours.lastDay().getValue() + " AND HOUR(m1) * 60 + MINUTE(m1) >= " + minute(hours.from())
                + " AND HOUR(m1) * 60 + MINUTE(m1) < " + minute(hours.to());
        Properties metric = Properties.of("Namespace", "AWS/Lambda")
                .with("MetricName", "Invocations")
                .with("Dimensions", dimensions(functionDimension()));
        Properties invocations = Properties.of("Id", "m1")
                .with(
                        "MetricStat",
                        Properties.of("Metric", metric).with("Period", MINUTE).with("Stat", "Sum"))
                .with("ReturnData", false);
        Properties flow = Properties.of("Id", "flow")
                .with("Expression", "IF(" + trading + ", FILL(m1, 0), 1)")
                .with("Label", "Invocations in trading hours")
                .with("ReturnData", true);
        Properties properties = named(
                        "stopped-flow",
                        "No event for " + alarms.stoppedMinutes() + " minutes of trading hours, "
                                + hours.firstDay() + " to " + hours.lastDay() + " " + hours.from() + " to " + hours.to()
                                + " UTC")
                .with("Metrics", List.of(invocations, flow))
                .with("EvaluationPeriods", alarms.stoppedMinutes())
                .with("Threshold", 1)
                .with("ComparisonOperator", "LessThanThreshold");
        return finished("stopped-flow", properties, "breaching");
    }

    private Properties named(String subject, String description) {
        return Properties.of("AlarmName", config.names().alarm(subject)).with("AlarmDescription", description);
    }

    private Resource finished(String subject, Properties properties, String missingData) {
        List<Object> actions = alarms.topic().create()
                ? List.of(Intrinsic.ref(LogicalIds.TOPIC))
                : List.copyOf(alarms.topic().arn().stream().toList());
        return new Resource(
                RuleConfig.camel(subject) + "Alarm",
                "AWS::CloudWatch::Alarm",
                properties
                        .with("TreatMissingData", missingData)
                        .withAll("AlarmActions", actions)
                        .withAll("OKActions", actions)
                        .with("Tags", tags.named(config.names().alarm(subject))));
    }

    private Resource topic() {
        String name = config.names().alarmTopic();
        Resource topic = new Resource(
                LogicalIds.TOPIC,
                "AWS::SNS::Topic",
                Properties.of("TopicName", name)
                        .with("KmsMasterKeyId", encryption.keyArn())
                        .with("Tags", tags.named(name)));
        return encryption.byCustomerKey()
                ? topic
                : topic.skipping(
                        "CKV_AWS_26", "Alarms can't publish to a topic under AWS's key; messages hold no market data");
    }

    private Resource topicPolicy() {
        Intrinsic topic = Intrinsic.ref(LogicalIds.TOPIC);
        Properties publishing = Policies.allowService(
                        "AlarmsPublish", "cloudwatch.amazonaws.com", List.of("sns:Publish"), topic)
                .with(
                        "Condition",
                        Properties.of(
                                        "StringEquals",
                                        Properties.of("aws:SourceAccount", Intrinsic.ref("AWS::AccountId")))
                                .with(
                                        "ArnLike",
                                        Properties.of(
                                                "aws:SourceArn",
                                                Intrinsic.sub(
                                                        "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*"))));
        return new Resource(
                "AlarmTopicPolicy",
                "AWS::SNS::TopicPolicy",
                Properties.of("Topics", List.of(topic))
                        .with(
                                "PolicyDocument",
                                Policies.document(List.of(publishing, Policies.tlsOnly("sns:Publish", topic)))));
    }

    private static Properties functionDimension() {
        return Properties.of(Metrics.FUNCTION_NAME, Intrinsic.ref(LogicalIds.FUNCTION));
    }

    private static List<Properties> dimensions(Properties dimensions) {
        List<Properties> list = new ArrayList<>();
        dimensions
                .entries()
                .forEach((name, value) -> list.add(Properties.of("Name", name).with("Value", value)));
        return list;
    }

    private static int minute(LocalTime time) {
        return time.getHour() * 60 + time.getMinute();
    }
}
