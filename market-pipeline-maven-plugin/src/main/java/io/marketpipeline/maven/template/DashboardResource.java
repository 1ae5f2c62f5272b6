package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.RuleConfig;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.schema.Metrics;
import io.marketpipeline.schema.StackNames;
import java.util.ArrayList;
import java.util.List;

/** The dashboard: what comes in, what becomes of it, how fast, and where it stalls. */
final class DashboardResource {
    private static final int WIDTH = 12;
    private static final int HEIGHT = 6;

    private final PipelineConfig config;
    private final StackNames names;

    DashboardResource(PipelineConfig config) {
        this.config = config;
        this.names = config.names();
    }

    Resource resource() {
        return new Resource(
                "Dashboard",
                "AWS::CloudWatch::Dashboard",
                Properties.of("DashboardName", names.dashboard()).with("DashboardBody", body()));
    }

    /** One widget a line, so that the template stays readable. */
    private String body() {
        List<Properties> widgets = new ArrayList<>(List.of(
                widget(0, "Events matched and handed over", "Sum", ruleMetrics()),
                widget(
                        1,
                        "Outcomes",
                        "Sum",
                        List.of(
                                own(Metrics.PROCESSED),
                                own(Metrics.DUPLICATE),
                                own(Metrics.REJECTED),
                                own(Metrics.FAILED))),
                widget(2, "Event to stored, ms", "p99", List.of(own(Metrics.EVENT_TO_STORED))),
                widget(3, "Function duration, ms", "p99", List.of(lambda("Duration"))),
                widget(
                        4,
                        "Function",
                        "Sum",
                        List.of(
                                lambda("Invocations"),
                                lambda("Errors"),
                                lambda("Throttles"),
                                lambda("AsyncEventsDropped"))),
                widget(5, "Dead letters", "Maximum", queueMetrics(names.deadLetterQueue())),
                widget(6, "Write units", "Sum", writeMetrics("ConsumedWriteCapacityUnits")),
                widget(7, "Throttled writes", "Sum", writeMetrics("WriteThrottleEvents"))));
        if (config.delivery().hasQueue()) {
            widgets.add(widget(8, "Events that wait", "Maximum", queueMetrics(names.eventQueue())));
        }
        List<String> lines = widgets.stream().map(Json::write).toList();
        return "{\"widgets\":[\n" + String.join(",\n", lines) + "\n]}\n";
    }

    private Properties widget(int position, String title, String statistic, List<List<String>> metrics) {
        return Properties.of("type", "metric")
                .with("x", position % 2 * WIDTH)
                .with("y", position / 2 * HEIGHT)
                .with("width", WIDTH)
                .with("height", HEIGHT)
                .with(
                        "properties",
                        Properties.of("title", title)
                                .with("region", config.region())
                                .with("view", "timeSeries")
                                .with("stat", statistic)
                                .with("period", 60)
                                .with("metrics", metrics));
    }

    private List<List<String>> ruleMetrics() {
        List<List<String>> metrics = new ArrayList<>();
        for (RuleConfig rule : config.rules()) {
            for (String metric : List.of("MatchedEvents", "Invocations", "InvocationsSentToDlq")) {
                metrics.add(List.of(
                        "AWS/Events", metric, "EventBusName", names.eventBus(), "RuleName", names.rule(rule.name())));
            }
        }
        return metrics;
    }

    private List<List<String>> writeMetrics(String metric) {
        String table = names.marketDataTable();
        List<List<String>> metrics = new ArrayList<>(List.of(
                List.of("AWS/DynamoDB", metric, "TableName", table),
                index(metric, table, MarketDataTable.EXCHANGE_INDEX),
                index(metric, table, MarketDataTable.SYMBOL_INDEX),
                List.of("AWS/DynamoDB", metric, "TableName", names.auditTrailTable())));
        if (config.audit().index()) {
            metrics.add(index(metric, names.auditTrailTable(), AuditTrailTable.EVENT_TYPE_INDEX));
        }
        return metrics;
    }

    private static List<String> index(String metric, String table, String index) {
        return List.of("AWS/DynamoDB", metric, "TableName", table, "GlobalSecondaryIndexName", index);
    }

    private List<String> own(String metric) {
        return List.of(Metrics.NAMESPACE, metric, Metrics.FUNCTION_NAME, names.function());
    }

    private List<String> lambda(String metric) {
        return List.of("AWS/Lambda", metric, "FunctionName", names.function());
    }

    private static List<List<String>> queueMetrics(String queue) {
        return List.of(
                List.of("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue),
                List.of("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", queue));
    }
}
