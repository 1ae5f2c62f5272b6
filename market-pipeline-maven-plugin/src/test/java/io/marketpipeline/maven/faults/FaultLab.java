package io.marketpipeline.maven.faults;

import io.marketpipeline.dynamodb.DynamoDbAuditTrailReader;
import io.marketpipeline.dynamodb.DynamoDbMarketDataReader;
import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.LocalOptions;
import io.marketpipeline.maven.artifact.Packager;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.ConfigurationReader;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Switches;
import io.marketpipeline.maven.operate.DeadLetter;
import io.marketpipeline.maven.operate.DeadLetterQueue;
import io.marketpipeline.maven.operate.LetterFilter;
import io.marketpipeline.maven.operate.Operations;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.reconcile.ReconciledFindings;
import io.marketpipeline.maven.stack.PipelineDeployment;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.DeadLetterAttributes;
import io.marketpipeline.schema.FunctionVariables;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.AuditTrailReader;
import io.marketpipeline.store.MarketDataQuery;
import io.marketpipeline.store.MarketDataReader;
import io.marketpipeline.store.PageRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * A deployed stack in a local endpoint of its own, with a proxy before its tables. Functions made here are as the stack's,
 * but for the address of DynamoDB.
 */
final class FaultLab implements AutoCloseable {
    /** Seconds; short, so that time-outs happen within a test's patience. */
    static final int TIMEOUT = 6;

    private static final int MEMORY = 512;
    private static final double DELAY_FACTOR = 0.01;
    private static final int PROCESSES = 2;
    private static final Console SILENT = Console.of(line -> {}, line -> {}, System.out, false, false);
    private static final AtomicInteger KILLED = new AtomicInteger();

    /** Messages that go to the function, and into the queue, together. */
    private static final int BATCH = 10;

    private final Path folder;
    private final LocalEndpoint endpoint;
    private final FaultProxy proxy;
    private final PipelineConfig config;
    private final AwsClients clients;
    private final Map<String, String> variables = new HashMap<>();
    private final byte[] zip;
    private final List<String> refused = new ArrayList<>();
    private final Map<String, Integer> delivered = new HashMap<>();

    private FaultLab(Path folder, LocalEndpoint endpoint, FaultProxy proxy, PipelineConfig config, AwsClients clients)
            throws IOException {
        this.folder = folder;
        this.endpoint = endpoint;
        this.proxy = proxy;
        this.config = config;
        this.clients = clients;
        this.zip = Files.readAllBytes(config.functionZip());
        variables.put(FunctionVariables.MARKET_DATA_TABLE, config.names().marketDataTable());
        variables.put(FunctionVariables.AUDIT_TRAIL_TABLE, config.names().auditTrailTable());
        variables.put(FunctionVariables.ENVIRONMENT, config.environment());
        variables.put(FunctionVariables.DEAD_LETTER_QUEUE_URL, queueUrl());
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", proxy.uri().toString());
        variables.put("AWS_ENDPOINT_URL_SQS", proxy.uri().toString());
    }

    /**
     * Starts an endpoint and deploys a stack, whose own function is the library's and has no proxy before its tables.
     *
     * @param handlers classes that the function's zip holds besides the library
     */
    static FaultLab start(Path folder, Class<?>... handlers) throws Exception {
        LocalEndpoint endpoint = LocalEndpoint.start(LocalOptions.defaults()
                .withPort(0)
                .withDelayFactor(DELAY_FACTOR)
                .withConcurrency(PROCESSES));
        FaultProxy proxy = FaultProxy.start(endpoint.uri(), FaultLab::killFunctions);
        PipelineConfig config = configuration(folder, "direct").at(endpoint.uri());
        AwsClients clients = AwsClients.of(config);
        new PipelineDeployment(clients, config, SILENT)
                .deploy(
                        clients.check(),
                        Packager.pack(config, FunctionPackage.project(folder.resolve("classes"), handlers)));
        return new FaultLab(folder, endpoint, proxy, config, clients);
    }

    /**
     * Alarms look at what single events do, where by default some failures in a minute are fine; and as the time-out is a fifth
     * of the default, so is the duration.
     */
    private static PipelineConfig configuration(Path folder, String delivery) {
        return ConfigurationReader.read(
                Element.group("configuration")
                        .element(Element.group("function")
                                .value("handler", MarketPipelineHandler.class.getName())
                                .value("memory", Integer.toString(MEMORY))
                                .value("timeout", Integer.toString(TIMEOUT))
                                .build())
                        .value("delivery", delivery)
                        .element(Element.group("alarms")
                                .value("errors", "0")
                                .value("duration", "1000")
                                .build())
                        .build(),
                Switches.ofEnvironment("faults", folder));
    }

    FaultProxy proxy() {
        return proxy;
    }

    /** The alarms that the stack's template would have with a delivery. */
    TemplateAlarms templateAlarms(String delivery) {
        return TemplateAlarms.of(configuration(folder, delivery));
    }

    /** CloudWatch's alarms of the deployed stack. */
    LabAlarms alarms() {
        return new LabAlarms(clients.cloudWatch(), config);
    }

    /** Counts the calls that the proxy has throttled, as DynamoDB counts its own: the local one never throttles. */
    void countThrottles() {
        proxy.takeThrottled().forEach(alarms()::countThrottles);
    }

    /** Puts an event on the stack's bus. */
    void publish(String detail) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(config.names().eventBus())
                .source(config.sources().get(0))
                .detailType("Trade Execution")
                .detail(detail)
                .build();
        clients.eventBridge().putEvents(request -> request.entries(entry));
    }

    /** Takes from all rules the right to invoke the stack's function. */
    void forbidRules() {
        String function = config.names().function();
        Matcher statement = Pattern.compile("\"Sid\"\\s*:\\s*\"([^\"]+)\"")
                .matcher(clients.lambda()
                        .getPolicy(request -> request.functionName(function).qualifier("live"))
                        .policy());
        while (statement.find()) {
            String id = statement.group(1);
            clients.lambda()
                    .removePermission(request ->
                            request.functionName(function).qualifier("live").statementId(id));
        }
    }

    /** Takes from all others the right to send to the dead-letter queue. */
    void forbidLetters() {
        clients.sqs().setQueueAttributes(request -> request.queueUrl(queueUrl())
                .attributes(Map.of(QueueAttributeName.POLICY, "")));
    }

    /** Sets a function's reserved concurrency to 0 while something happens. */
    void withoutConcurrency(String function, Runnable something) {
        clients.lambda().putFunctionConcurrency(request -> request.functionName(function)
                .reservedConcurrentExecutions(0));
        something.run();
        clients.lambda().deleteFunctionConcurrency(request -> request.functionName(function));
    }

    /** How often Lambda tries events of a function again from now on; twice by default. */
    void retry(String function, int attempts) {
        clients.lambda().putFunctionEventInvokeConfig(request -> request.functionName(function)
                .maximumRetryAttempts(attempts));
    }

    AwsClients clients() {
        return clients;
    }

    PipelineConfig config() {
        return config;
    }

    /** Makes a function whose failures end in the stack's queue, as the stack's own. */
    void createFunction(String name, Class<?> handler, Map<String, String> more) {
        create(name, handler, TIMEOUT, more, true);
    }

    /**
     * Makes a function with a time-out of its own.
     *
     * @param timeout seconds
     */
    void createFunction(String name, Class<?> handler, int timeout) {
        create(name, handler, timeout, Map.of(), true);
    }

    /** Makes a function that nobody invokes again after a failure, and whose failures nobody keeps. */
    void createFunctionWithoutRedelivery(String name, Class<?> handler) {
        create(name, handler, TIMEOUT, Map.of(), false);
        retry(name, 0);
    }

    /** Makes a function whose dead letters can't be sent, as the queue isn't there. */
    void createFunctionWithoutQueue(String name, Class<?> handler) {
        create(name, handler, TIMEOUT, Map.of(), false);
        clients.lambda().updateFunctionConfiguration(request -> request.functionName(name)
                .deadLetterConfig(letters -> letters.targetArn(arn("nowhere"))));
    }

    private void create(String name, Class<?> handler, int timeout, Map<String, String> more, boolean deadLetters) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.putAll(more);
        clients.lambda().createFunction(request -> {
            request.functionName(name)
                    .runtime("java21")
                    .role("arn:aws:iam::000000000000:role/" + config.names().functionRole())
                    .handler(handler.getName())
                    .memorySize(MEMORY)
                    .timeout(timeout)
                    .environment(env -> env.variables(environment))
                    .code(code -> code.zipFile(SdkBytes.fromByteArray(zip)));
            if (deadLetters) {
                request.deadLetterConfig(
                        letters -> letters.targetArn(arn(config.names().deadLetterQueue())));
            }
        });
    }

    private static String arn(String queue) {
        return "arn:aws:sqs:us-east-1:000000000000:" + queue;
    }

    /** Hands envelopes to a function as EventBridge does. */
    void deliver(String function, List<String> envelopes) {
        delivered.merge(function, envelopes.size(), Integer::sum);
        for (String envelope : envelopes) {
            clients.lambda().invoke(request -> request.functionName(function)
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String(envelope)));
        }
    }

    /** Puts a queue before a function, from which Lambda takes batches: visibility and redrive are the stack's. */
    void createQueue(String function, String queue) {
        clients.sqs().createQueue(request -> request.queueName(queue)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        Integer.toString(6 * TIMEOUT),
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\""
                                + arn(config.names().deadLetterQueue())
                                + "\",\"maxReceiveCount\":"
                                + config.retry().receives() + "}")));
        clients.lambda().createEventSourceMapping(request -> request.functionName(function)
                .eventSourceArn(arn(queue))
                .batchSize(BATCH)
                .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES));
    }

    /** Puts envelopes into a queue. */
    void enqueue(String queue, List<String> envelopes) {
        String url =
                clients.sqs().getQueueUrl(request -> request.queueName(queue)).queueUrl();
        for (int from = 0; from < envelopes.size(); from += BATCH) {
            List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
            for (String envelope : envelopes.subList(from, Math.min(envelopes.size(), from + BATCH))) {
                entries.add(SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .messageBody(envelope)
                        .build());
            }
            clients.sqs().sendMessageBatch(request -> request.queueUrl(url).entries(entries));
        }
    }

    /** The function's answer, or the text of its error. */
    String invoke(String function, String envelope) {
        return clients.lambda()
                .invoke(request -> request.functionName(function).payload(SdkBytes.fromUtf8String(envelope)))
                .payload()
                .asUtf8String();
    }

    /**
     * Empties the dead-letter queue: what the function refused is kept for the reckoning, what failed is handed to the
     * function again. One that fails again goes back.
     */
    void redrive(String function) {
        for (Message letter : letters()) {
            if (letter.messageAttributes().containsKey(DeadLetterAttributes.REASON)) {
                refused.add(letter.body());
            } else {
                deliver(function, List.of(letter.body()));
            }
            clients.sqs().deleteMessage(request -> request.queueUrl(queueUrl()).receiptHandle(letter.receiptHandle()));
        }
    }

    /** The dead letters whose body has a text, which stay where they are. */
    List<DeadLetter> browse(String text) {
        return new DeadLetterQueue(clients.sqs(), queueUrl())
                .browse(Integer.MAX_VALUE).stream()
                        .filter(letter -> letter.body().contains(text))
                        .toList();
    }

    /** Gives an event's letter to the stack's own function, as an operator does. */
    void redriveLetterOf(String eventId, Path report) throws IOException, InterruptedException {
        new Operations(clients, config, SILENT).redrive(LetterFilter.of(null, null, null, null, eventId), 0, 1, report);
    }

    /** Takes what is in the dead-letter queue, for two minutes. */
    List<Message> letters() {
        List<Message> all = new ArrayList<>();
        List<Message> some;
        do {
            some = clients.sqs()
                    .receiveMessage(request -> request.queueUrl(queueUrl())
                            .maxNumberOfMessages(10)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                    .messages();
            all.addAll(some);
        } while (!some.isEmpty());
        return all;
    }

    /** Statuses of an event's audit records, sorted, each as often as there are records. */
    List<String> statuses(String eventId) {
        AuditTrailReader reader =
                new DynamoDbAuditTrailReader(clients.dynamoDb(), config.names().auditTrailTable());
        return reader
                .read(
                        AuditTrailQuery.byEventId(eventId),
                        PageRequest.builder().limit(100).build())
                .items()
                .stream()
                .map(AuditEntry::status)
                .sorted()
                .toList();
    }

    int rows(String eventId) {
        MarketDataReader reader =
                new DynamoDbMarketDataReader(clients.dynamoDb(), config.names().marketDataTable());
        return reader.read(
                        MarketDataQuery.byEventId(eventId),
                        PageRequest.builder().limit(100).build())
                .items()
                .size();
    }

    /** What doesn't add up now. */
    List<String> findings(List<SentEvent> manifest, String session) {
        return new Reckoning(
                        clients.dynamoDb(),
                        config.names().marketDataTable(),
                        config.names().auditTrailTable())
                .findings(manifest, session, refused);
    }

    /** Deletes a {@code SUCCESS} record of a run, as nobody may; returns its place in its chain. */
    String deleteASuccessRecord(String session) {
        String table = config.names().auditTrailTable();
        Map<String, AttributeValue> record =
                clients.dynamoDb().scanPaginator(scan -> scan.tableName(table)).items().stream()
                        .filter(item -> item.get(AuditTrailTable.AUDIT_ID).s().matches(session + ".*#SUCCESS"))
                        .findFirst()
                        .orElseThrow();
        clients.dynamoDb().deleteItem(delete -> delete.tableName(table)
                .key(Map.of(
                        AuditTrailTable.AUDIT_ID, record.get(AuditTrailTable.AUDIT_ID),
                        AuditTrailTable.TIMESTAMP, record.get(AuditTrailTable.TIMESTAMP))));
        return "record " + record.get(AuditTrailTable.CHAIN_NUMBER).n() + " of chain "
                + record.get(AuditTrailTable.WRITER_ID).s();
    }

    /** Redrives and reckons until nothing is found or patience ends; returns the last findings. */
    List<String> settle(String function, List<SentEvent> manifest, String session, Duration patience)
            throws InterruptedException {
        return await(
                () -> {
                    redrive(function);
                    List<String> findings = findings(manifest, session);
                    return findings.isEmpty() ? reconciled(function, manifest, session) : findings;
                },
                List::isEmpty,
                patience);
    }

    /**
     * What the goal {@code reconcile} finds, each as kind and subject: of this run's events, and of its function's chains.
     *
     * @param session begins the identities of this run; other functions write to the same tables
     */
    List<String> reconciled(String function, List<SentEvent> manifest, String session) {
        try {
            Path file = Files.write(
                    folder.resolve(session + ".jsonl"),
                    manifest.stream()
                            .map(event -> "{\"status\":\"accepted\",\"event_id\":\"%s\",\"sha256\":\"%s\"}"
                                    .formatted(event.eventId(), event.sha256()))
                            .toList());
            return ReconciledFindings.of(clients, config, SILENT, file, "/aws/lambda/" + function).stream()
                    .filter(finding -> finding.contains(" " + session) || finding.contains(" of chain "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Waits until a function has ended an invocation for each delivery, however slow the machine, and the tables were left
     * alone for longer than the longest pause between two tries.
     */
    void awaitQuiet(String function, Duration patience) throws InterruptedException {
        await(() -> reports(function), reports -> reports >= delivered.get(function), patience);
        await(proxy::quiet, quiet -> quiet.compareTo(Duration.ofSeconds(5)) > 0, patience);
    }

    private long reports(String function) {
        try {
            return messages(function).filter(line -> line.startsWith("REPORT ")).count();
        } catch (ResourceNotFoundException e) {
            return 0; // The log group comes with its first line.
        }
    }

    /** Asks until the answer is as wanted or patience ends; returns the last answer. */
    static <T> T await(Supplier<T> question, Predicate<T> wanted, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        T answer = question.get();
        while (!wanted.test(answer) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(250);
            answer = question.get();
        }
        return answer;
    }

    /** The last lines of a function's log that tell of a problem. */
    List<String> problems(String function) {
        List<String> lines = messages(function)
                .filter(line -> line.contains("rror") || line.contains("timed out"))
                .toList();
        return lines.subList(Math.max(0, lines.size() - 8), lines.size());
    }

    /** The lines of a function's log that CloudWatch's filter finds. */
    List<String> logged(String function, String filter) {
        return lines(function, filter).toList();
    }

    private Stream<String> messages(String function) {
        return lines(function, null);
    }

    private Stream<String> lines(String function, @Nullable String filter) {
        return clients
                .logs()
                .filterLogEventsPaginator(request ->
                        request.logGroupName("/aws/lambda/" + function).filterPattern(filter))
                .events()
                .stream()
                .map(event -> event.message().strip());
    }

    private String queueUrl() {
        return clients.sqs()
                .getQueueUrl(request -> request.queueName(config.names().deadLetterQueue()))
                .queueUrl();
    }

    /**
     * {@code kill -9} for every function process of this JVM's endpoints: they are its only children. Their command lines
     * would not do to know them by, as Java tells none of more than a page (4 KB), such as a class path of many jars.
     */
    static void killFunctions() {
        List<ProcessHandle> functions = ProcessHandle.current().children().toList();
        functions.forEach(ProcessHandle::destroyForcibly);
        KILLED.addAndGet(functions.size());
    }

    /** How many function processes were killed so far. */
    static int killed() {
        return KILLED.get();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        clients.close();
        endpoint.close();
    }
}
