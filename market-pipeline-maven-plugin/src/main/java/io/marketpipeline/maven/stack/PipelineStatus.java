package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.QueueDepth;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.stack.StatusReport.AlarmState;
import io.marketpipeline.maven.stack.StatusReport.LiveState;
import io.marketpipeline.maven.stack.StatusReport.LogLine;
import io.marketpipeline.maven.stack.StatusReport.QueueState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Looks at everything that says how a pipeline is, and changes nothing. Not thread-safe. */
public final class PipelineStatus {
    private static final int ALARMS_PER_CALL = 100;
    private static final int SHOWN_LINES = 5;
    private static final int LOG_PAGES = 20;
    private static final Duration MEASURED = Duration.ofMinutes(15);
    private static final int MINUTE = 60;

    /** What the handler logs of a failure, what Lambda says of one that it ended, and Java of one that nobody caught. */
    private static final String FAILURES = "?ERROR ?\"Task timed out\" ?\"Runtime exited\" ?Exception";

    private final AwsClients clients;
    private final PipelineConfig config;
    private final StackReader reader;
    private final FunctionVersions versions;
    private final Pace pace;

    /** A look through the clients, which stay the caller's. */
    public PipelineStatus(AwsClients clients, PipelineConfig config) {
        this.clients = clients;
        this.config = config;
        this.pace = Pace.real();
        this.reader = new StackReader(clients.cloudFormation(), clients.failures());
        this.versions = new FunctionVersions(
                clients.lambda(), clients.failures(), pace, config.names().function());
    }

    /**
     * Looks.
     *
     * @param errorsSince from when on the function's errors count
     * @param drift whether CloudFormation is asked what was changed past it, which takes AWS up to some minutes
     * @throws StackException where there is no stack
     */
    public StatusReport look(Instant errorsSince, boolean drift) throws InterruptedException {
        String name = config.names().stack();
        Stack stack = reader.existing(name);
        List<StackResourceSummary> resources = reader.resources(name);
        Optional<LiveAlias> alias = versions.live();
        return new StatusReport(
                name,
                stack.stackStatusAsString(),
                Optional.ofNullable(stack.stackStatusReason()),
                Optional.ofNullable(stack.lastUpdatedTime()).orElse(stack.creationTime()),
                alias.map(this::liveState),
                alarms(physicalIds(resources, "AWS::CloudWatch::Alarm")),
                queues(physicalIds(resources, "AWS::SQS::Queue")),
                errorsSince,
                errors(errorsSince),
                drift ? Optional.of(new ChangesByHand(clients, reader, versions, pace).find(stack)) : Optional.empty(),
                StackReader.outputs(stack));
    }

    private static List<String> physicalIds(List<StackResourceSummary> resources, String type) {
        return resources.stream()
                .filter(resource -> type.equals(resource.resourceType()))
                .map(StackResourceSummary::physicalResourceId)
                .filter(id -> id != null && !id.isEmpty())
                .sorted()
                .toList();
    }

    private LiveState liveState(LiveAlias alias) {
        List<PublishedVersion> published = versions.published();
        OptionalInt deployed = new LiveCode(versions, reader, config.names().stack()).deployedVersion();
        Optional<PublishedVersion> version = published.stream()
                .filter(one -> alias.version().equals(Integer.toString(one.number())))
                .findFirst();
        return new LiveState(
                alias.words(),
                version.flatMap(PublishedVersion::published),
                version.map(PublishedVersion::shortCode).orElse(""),
                deployed,
                deployed.isEmpty() || alias.pointsTo(deployed.getAsInt())
                        ? Optional.empty()
                        : ChangesByHand.explanation(alias),
                published.size());
    }

    private List<AlarmState> alarms(List<String> names) {
        List<AlarmState> states = new ArrayList<>();
        for (int from = 0; from < names.size(); from += ALARMS_PER_CALL) {
            List<String> some = names.subList(from, Math.min(names.size(), from + ALARMS_PER_CALL));
            clients
                    .failures()
                    .during("read the alarms", () -> clients.cloudWatch()
                            .describeAlarms(request -> request.alarmNames(some)))
                    .metricAlarms()
                    .stream()
                    .map(alarm -> new AlarmState(
                            alarm.alarmName(),
                            alarm.stateValueAsString(),
                            Optional.ofNullable(alarm.stateUpdatedTimestamp()),
                            alarm.stateReason() == null ? "" : alarm.stateReason()))
                    .forEach(states::add);
        }
        return states;
    }

    private List<QueueState> queues(List<String> urls) {
        return urls.stream().flatMap(url -> queue(url).stream()).toList();
    }

    private Optional<QueueState> queue(String url) {
        String name = url.substring(url.lastIndexOf('/') + 1);
        return clients.failures().during("read queue " + name, () -> {
            try {
                QueueDepth depth = QueueDepth.of(clients.sqs(), url);
                return Optional.of(new QueueState(
                        name,
                        name.equals(config.names().deadLetterQueue()),
                        depth.waiting(),
                        depth.held(),
                        depth.isEmpty() ? Optional.empty() : oldest(name)));
            } catch (QueueDoesNotExistException e) {
                return Optional.empty();
            }
        });
    }

    /** SQS has no other way to tell a message's age than to receive it, which would count as a receive. */
    private Optional<Duration> oldest(String queue) {
        Instant now = pace.now();
        return clients
                .cloudWatch()
                .getMetricStatistics(request -> request.namespace("AWS/SQS")
                        .metricName("ApproximateAgeOfOldestMessage")
                        .dimensions(Dimension.builder()
                                .name("QueueName")
                                .value(queue)
                                .build())
                        .startTime(now.minus(MEASURED))
                        .endTime(now)
                        .period(MINUTE)
                        .statistics(Statistic.MAXIMUM))
                .datapoints()
                .stream()
                .max(Comparator.comparing(Datapoint::timestamp))
                .map(point -> Duration.ofSeconds(Math.round(point.maximum())));
    }

    /** The last lines of failures; a log too large to be read in time is read as far as that. */
    private List<LogLine> errors(Instant since) {
        String group = config.names().logGroup();
        return clients.failures().during("read log group " + group, () -> {
            List<LogLine> lines = new ArrayList<>();
            try {
                String token = null;
                int pages = 0;
                do {
                    String page = token;
                    FilterLogEventsResponse response = clients.logs()
                            .filterLogEvents(request -> request.logGroupName(group)
                                    .startTime(since.toEpochMilli())
                                    .filterPattern(FAILURES)
                                    .nextToken(page));
                    response.events()
                            .forEach(event -> lines.add(new LogLine(
                                    Instant.ofEpochMilli(event.timestamp()),
                                    event.message().strip())));
                    token = response.nextToken();
                    pages++;
                } while (token != null && !token.isEmpty() && pages < LOG_PAGES);
            } catch (ResourceNotFoundException e) {
                return List.of();
            }
            return lines.stream()
                    .sorted(Comparator.comparing(LogLine::time).reversed())
                    .limit(SHOWN_LINES)
                    .toList();
        });
    }
}
