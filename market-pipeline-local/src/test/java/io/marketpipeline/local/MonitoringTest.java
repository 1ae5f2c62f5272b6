package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatch.model.Tag;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

@ExtendWith(SharedEndpoint.class)
class MonitoringTest {
    private static final Dimension FUNCTION =
            Dimension.builder().name("FunctionName").value("f").build();

    private final CloudWatchClient cloudWatch = SharedEndpoint.client(CloudWatchClient.builder());

    @Test
    void statisticsComeFromTheDataPointsOfTheMetricWithTheseDimensions() {
        Instant now = Instant.now();
        put("Duration", 10, 20, 30);
        cloudWatch.putMetricData(request -> request.namespace("Test/Monitoring")
                .metricData(MetricDatum.builder()
                        .metricName("Duration")
                        .value(999.0)
                        .build()));

        List<MetricDataResult> data = cloudWatch
                .getMetricData(request -> request.startTime(now.minusSeconds(600))
                        .endTime(now.plusSeconds(600))
                        .metricDataQueries(MetricDataQuery.builder()
                                .id("p")
                                .metricStat(
                                        read -> read.period(3600).stat("p50").metric(metric -> metric.namespace(
                                                        "Test/Monitoring")
                                                .metricName("Duration")
                                                .dimensions(FUNCTION)))
                                .build()))
                .metricDataResults();
        List<Datapoint> statistics = cloudWatch
                .getMetricStatistics(request -> request.namespace("Test/Monitoring")
                        .metricName("Duration")
                        .dimensions(FUNCTION)
                        .startTime(now.minusSeconds(600))
                        .endTime(now.plusSeconds(600))
                        .period(86_400)
                        .statistics(Statistic.SUM, Statistic.MAXIMUM))
                .datapoints();

        assertThat(data.get(0).values()).containsExactly(20.0);
        assertThat(statistics).hasSize(1);
        assertThat(statistics.get(0).sum()).isEqualTo(60.0);
        assertThat(statistics.get(0).maximum()).isEqualTo(30.0);
    }

    @Test
    void alarmWhenThresholdIsCrossedTellsItsTopic() {
        SqsClient sqs = SharedEndpoint.client(SqsClient.builder());
        SnsClient sns = SharedEndpoint.client(SnsClient.builder());
        String url = sqs.createQueue(request -> request.queueName("told")).queueUrl();
        String topic = sns.createTopic(request -> request.name("alarms")).topicArn();
        sns.subscribe(
                request -> request.topicArn(topic).protocol("sqs").endpoint("arn:aws:sqs:us-east-1:000000000000:told"));
        alarm("errors", "Errors", topic);

        put("Errors", 1, 2);

        MetricAlarm alarm = SharedEndpoint.await(() -> describe("errors"), MonitoringTest::isAlarm);
        assertThat(alarm.alarmArn()).isEqualTo("arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors");
        assertThat(alarm.threshold()).isEqualTo(2.0);
        Message message = SharedEndpoint.await(
                        () -> sqs.receiveMessage(
                                        request -> request.queueUrl(url).waitTimeSeconds(1))
                                .messages(),
                        messages ->
                                messages.stream().anyMatch(each -> each.body().contains("NewStateValue")))
                .get(0);
        assertThat(message.body()).contains("errors");
    }

    @Test
    void alarmOnQueueDepthLooksAtTheQueue() {
        SqsClient sqs = SharedEndpoint.client(SqsClient.builder());
        String url = sqs.createQueue(request -> request.queueName("deep")).queueUrl();
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("m"));

        cloudWatch.putMetricAlarm(request -> request.alarmName("depth")
                .namespace("AWS/SQS")
                .metricName("ApproximateNumberOfMessagesVisible")
                .dimensions(Dimension.builder().name("QueueName").value("deep").build())
                .statistic(Statistic.MAXIMUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(0.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));

        SharedEndpoint.await(() -> describe("depth"), MonitoringTest::isAlarm);
    }

    @Test
    void alarmOnTheAgeOfMessagesRestsOnceTheyAreDeleted() {
        SqsClient sqs = SharedEndpoint.client(SqsClient.builder());
        String url = sqs.createQueue(request -> request.queueName("aged")).queueUrl();
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("m"));
        cloudWatch.putMetricAlarm(request -> request.alarmName("age")
                .namespace("AWS/SQS")
                .metricName("ApproximateAgeOfOldestMessage")
                .dimensions(Dimension.builder().name("QueueName").value("aged").build())
                .statistic(Statistic.MAXIMUM)
                .period(1)
                .evaluationPeriods(2)
                .datapointsToAlarm(1)
                .threshold(0.0)
                .treatMissingData("ignore")
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));

        SharedEndpoint.await(() -> describe("age"), MonitoringTest::isAlarm);
        Message message =
                sqs.receiveMessage(request -> request.queueUrl(url)).messages().get(0);
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));

        SharedEndpoint.await(() -> describe("age"), alarm -> alarm.stateValue() == StateValue.OK);
    }

    @Test
    void expressionFillsThePeriodsWithoutData() {
        put("Filled", 5);
        Instant now = Instant.now();

        List<MetricDataResult> results = cloudWatch
                .getMetricData(request -> request.startTime(now.minusSeconds(600))
                        .endTime(now.plusSeconds(60))
                        .metricDataQueries(
                                MetricDataQuery.builder()
                                        .id("m1")
                                        .returnData(false)
                                        .metricStat(read -> read.period(60)
                                                .stat("Sum")
                                                .metric(metric -> metric.namespace("Test/Monitoring")
                                                        .metricName("Filled")
                                                        .dimensions(FUNCTION)))
                                        .build(),
                                MetricDataQuery.builder()
                                        .id("doubled")
                                        .expression("FILL(m1, 1) * 2")
                                        .build()))
                .metricDataResults();

        assertThat(results).hasSize(1);
        assertThat(results.get(0).values()).hasSizeGreaterThan(9).contains(2.0, 10.0);
    }

    @Test
    void alarmStateWhenSetByHandIsKeptUntilDataSayOtherwise() {
        alarm("by-hand", "Nothing", "");
        cloudWatch.setAlarmState(request ->
                request.alarmName("by-hand").stateValue(StateValue.ALARM).stateReason("test"));
        assertThat(describe("by-hand").stateReason()).isNotEmpty();

        SharedEndpoint.await(() -> describe("by-hand"), alarm -> alarm.stateValue() == StateValue.OK);
        cloudWatch.deleteAlarms(request -> request.alarmNames("by-hand"));

        assertThatThrownBy(() -> cloudWatch.deleteAlarms(request -> request.alarmNames("by-hand")))
                .isInstanceOf(CloudWatchException.class);
    }

    /** One that a microsecond clock dated drove all others of its metric out. */
    @Test
    void dataOfTheFutureAreRefusedAndNothingOfTheirRequestIsStored() {
        Instant later = Instant.now().plus(Duration.ofHours(3));

        MetricDatum good = MetricDatum.builder().metricName("good").value(1.0).build();
        MetricDatum late = good.toBuilder().timestamp(later).build();

        assertThatThrownBy(() -> cloudWatch.putMetricData(
                        request -> request.namespace("future").metricData(good, late)))
                .hasMessageContaining("MetricData.member.2.Timestamp");

        assertThat(cloudWatch
                        .listMetrics(request -> request.namespace("future"))
                        .metrics())
                .isEmpty();
    }

    @Test
    void dashboardWhenPutReadsBack() {
        cloudWatch.putDashboard(request -> request.dashboardName("board").dashboardBody("{\"widgets\":[]}"));

        assertThat(cloudWatch
                        .getDashboard(request -> request.dashboardName("board"))
                        .dashboardBody())
                .isEqualTo("{\"widgets\":[]}");
        cloudWatch.deleteDashboards(request -> request.dashboardNames("board"));
        assertThatThrownBy(() -> cloudWatch.getDashboard(request -> request.dashboardName("board")))
                .satisfies(e -> assertThat(e.getClass().getSimpleName())
                        .isIn("DashboardNotFoundErrorException", "ResourceNotFoundException"));
    }

    private void alarm(String name, String metric, String topic) {
        cloudWatch.putMetricAlarm(request -> request.alarmName(name)
                .namespace("Test/Monitoring")
                .metricName(metric)
                .dimensions(FUNCTION)
                .statistic(Statistic.SUM)
                .period((int) Duration.ofMinutes(1).toSeconds())
                .evaluationPeriods(1)
                .threshold(2.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .treatMissingData("notBreaching")
                .alarmActions(topic.isEmpty() ? List.of() : List.of(topic)));
    }

    private void put(String metric, double... values) {
        for (double value : values) {
            cloudWatch.putMetricData(request -> request.namespace("Test/Monitoring")
                    .metricData(MetricDatum.builder()
                            .metricName(metric)
                            .dimensions(FUNCTION)
                            .value(value)
                            .build()));
        }
    }

    private MetricAlarm describe(String name) {
        return cloudWatch
                .describeAlarms(request -> request.alarmNames(name))
                .metricAlarms()
                .get(0);
    }

    private static boolean isAlarm(MetricAlarm alarm) {
        return alarm.stateValue() == StateValue.ALARM;
    }

    @Test
    void metricsDashboardsAndTagsAreListed() {
        put("Listed", 1);
        cloudWatch.putDashboard(request -> request.dashboardName("listed").dashboardBody("{\"widgets\":[]}"));
        alarm("tagged", "Listed", "");
        String arn = describe("tagged").alarmArn();
        cloudWatch.tagResource(request ->
                request.resourceARN(arn).tags(Tag.builder().key("a").value("b").build()));

        assertThat(cloudWatch
                        .listMetrics(request -> request.metricName("Listed"))
                        .metrics())
                .hasSize(1);
        assertThat(cloudWatch
                        .listDashboards(request -> request.dashboardNamePrefix("listed"))
                        .dashboardEntries())
                .hasSize(1);
        assertThat(cloudWatch
                        .listTagsForResource(request -> request.resourceARN(arn))
                        .tags())
                .hasSize(1);
        cloudWatch.untagResource(request -> request.resourceARN(arn).tagKeys("a"));
        assertThat(cloudWatch
                        .listTagsForResource(request -> request.resourceARN(arn))
                        .tags())
                .isEmpty();
    }
}
