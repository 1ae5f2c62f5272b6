package io.marketpipeline.maven.operate;

import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.dynamodb.DynamoDbAuditTrailReader;
import io.marketpipeline.dynamodb.DynamoDbMarketDataReader;
import io.marketpipeline.dynamodb.DynamoDbTables;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.AuditConfig;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.publish.PublishResult;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.DetailTypes;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.AuditTrailReader;
import io.marketpipeline.store.MarketDataQuery;
import io.marketpipeline.store.PageRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** What can be done with a stack that is deployed. For one thread. */
public final class Operations {
    private final AwsClients clients;
    private final PipelineConfig config;
    private final Console console;
    private final StackCalls calls;

    public Operations(AwsClients clients, PipelineConfig config, Console console) {
        this.clients = clients;
        this.config = config;
        this.console = console;
        this.calls = new StackCalls(clients, config);
    }

    /**
     * Publishes files to the stack's bus.
     *
     * @param patience how long to wait without progress until every event is a row or a dead letter; empty not to wait
     * @throws UserFixableException if an event wasn't accepted, or is missing afterwards
     */
    public void publish(
            List<InputFile> files,
            Pacing pacing,
            Injection injection,
            boolean packed,
            MalformedPolicy malformed,
            Path manifest,
            Optional<Duration> patience)
            throws IOException, InterruptedException {
        String bus = config.names().eventBus();
        if (injection.share(Injection.Fault.CANCELS) > 0) {
            requireRuleFor(DetailTypes.TRADE_UPDATE);
        }
        var settings = new PublishRun.Settings(
                bus, config.sources().get(0), pacing, injection, packed, malformed, config.identity());
        calls.during(
                "find event bus " + bus, () -> clients.eventBridge().describeEventBus(request -> request.name(bus)));
        PublishOutcome outcome = new PublishRun(clients.eventBridge(), settings, console).publish(files, manifest);
        if (patience.isPresent() && !outcome.accepted().isEmpty()) {
            calls.during("see what became of the events", () -> {
                new ArrivalReport(clients.dynamoDb(), deadLetterQueue(), config, console)
                        .await(outcome, patience.get());
                return outcome;
            });
        }
        requireAccepted(outcome);
    }

    /** Prints rows of the market data, up to the page's limit. */
    public void query(MarketDataQuery query, PageRequest page, OutputFormat format)
            throws IOException, InterruptedException {
        var reader = new DynamoDbMarketDataReader(
                clients.dynamoDb(),
                config.names().marketDataTable(),
                config.tables().readShards(),
                config.tables().indexProjection());
        Listing.MARKET_DATA.print(
                calls.during("query the market data", () -> Listing.upTo(page, next -> reader.read(query, next))),
                format,
                console);
    }

    /** Prints audit records; the story of one event in the order in which it was written. */
    public void audit(AuditTrailQuery query, PageRequest page, OutputFormat format)
            throws IOException, InterruptedException {
        requireIndexFor(query, config.audit());
        AuditTrailReader reader = records();
        Listing.Found<AuditEntry> found =
                calls.during("query the audit trail", () -> Listing.upTo(page, next -> reader.read(query, next)));
        boolean story = query.by() == AuditTrailQuery.By.EVENT_ID && !page.newestFirst();
        Listing.AUDIT_TRAIL.print(story ? found.sorted(Listing.AS_WRITTEN) : found, format, console);
    }

    /** Prints the function's log; with {@code follow} until the thread is interrupted. */
    public void logs(Instant since, Optional<String> filter, boolean follow) throws IOException, InterruptedException {
        String group = config.names().logGroup();
        LogTail tail = new LogTail(clients.logs(), group, console, duration -> Thread.sleep(duration.toMillis()));
        calls.during("read log group " + group, () -> {
            if (follow) {
                tail.follow(since, filter.orElse(null));
            } else if (tail.print(since, filter.orElse(null)) == 0) {
                console.line("No lines in " + group + " since " + since.truncatedTo(ChronoUnit.SECONDS)
                        + filter.map(pattern -> " that match " + pattern).orElse(""));
            }
            return group;
        });
    }

    /**
     * Prints the dead letters, and their number by reason; writes them to a file if one is given.
     *
     * @throws UserFixableException if a file was written and the queue says that it has letters that weren't seen
     */
    public void deadLetters(LetterFilter filter, int limit, OutputFormat format, Optional<Path> export)
            throws IOException, InterruptedException {
        String queue = config.names().deadLetterQueue();
        List<DeadLetter> all = new ArrayList<>();
        LetterLook look =
                calls.during("read queue " + queue, () -> deadLetterQueue().browse(limit, all::add));
        all.sort(Comparator.comparing(DeadLetter::firstSeen));
        all.forEach(letter -> letter.damage().ifPresent(console::warn));
        DeadLetterListing listing = new DeadLetterListing(config);
        List<DeadLetter> letters = listing.filtered(all, filter);
        listing.print(letters, all.size(), format, console);
        if (export.isPresent()) {
            listing.export(letters, export.get());
            console.line(DeadLetterListing.exported(letters.size(), look, limit, export.get()));
        } else {
            look.warning(limit).ifPresent(console::warn);
        }
    }

    static void requireIndexFor(AuditTrailQuery query, AuditConfig audit) {
        if (query.by() == AuditTrailQuery.By.EVENT_TYPE && !audit.index()) {
            throw new UserFixableException("Records can't be read by event type: <audit><index>false leaves the index "
                    + AuditTrailTable.EVENT_TYPE_INDEX + " out. Ask for an event with -DeventId, or set <index>true"
                    + " and deploy");
        }
    }

    private void requireRuleFor(String detailType) {
        if (config.rules().stream().noneMatch(rule -> rule.detailTypes().containsKey(detailType))) {
            throw new UserFixableException("-Dinject has cancels, which are events of type '" + detailType
                    + "', but no rule lets those through; add <detailType>" + detailType
                    + "</detailType> to a rule, or inject no cancels");
        }
    }

    /**
     * Sends dead letters again, and writes what became of each to a report.
     *
     * @throws UserFixableException if letters failed again
     */
    public void redrive(LetterFilter filter, double rate, int limit, Path report)
            throws IOException, InterruptedException {
        Redrive.Settings settings = new Redrive.Settings(filter, rate, limit);
        String queue = config.names().deadLetterQueue();
        calls.during("redrive queue " + queue, () -> {
            try (RedriveReport written = RedriveReport.create(report);
                    LambdaClient lambda = clients.invoker(config.function().timeout())) {
                AuditTrail trail = DynamoDbTables.of(clients.dynamoDb())
                        .auditTrail(config.names().auditTrailTable());
                new Redrive(
                                deadLetterQueue().hold(),
                                new LiveFunction(lambda, config.names().function()),
                                new LetterEvents(config),
                                new UndeliveredRecords(trail, records(), config, "redrive"),
                                settings,
                                clients.environment(),
                                console)
                        .run(written);
                return queue;
            }
        });
    }

    private AuditTrailReader records() {
        return new DynamoDbAuditTrailReader(
                clients.dynamoDb(),
                config.names().auditTrailTable(),
                config.tables().readShards(),
                config.tables().indexProjection());
    }

    private DeadLetterQueue deadLetterQueue() {
        String url = clients.sqs()
                .getQueueUrl(request -> request.queueName(config.names().deadLetterQueue()))
                .queueUrl();
        return new DeadLetterQueue(clients.sqs(), url);
    }

    static void requireAccepted(PublishOutcome outcome) {
        if (outcome.failed().isEmpty()) {
            return;
        }
        List<String> lines = outcome.failed().stream().map(Operations::line).toList();
        throw new UserFixableException(PublishRun.count(lines.size(), "event") + " not accepted by the bus:\n"
                + PublishRun.shown(lines) + "\nAll are in " + outcome.manifest()
                + ". When the cause is mended, publish the same files again: what was accepted is stored once");
    }

    private static String line(PublishResult result) {
        String id = result.event().eventId();
        if (result instanceof PublishResult.Unknown unknown) {
            return id + ": outcome unknown, " + unknown.code() + " " + unknown.message();
        }
        return result instanceof PublishResult.Refused refused
                ? id + ": " + refused.code() + " " + refused.message()
                : id;
    }
}
