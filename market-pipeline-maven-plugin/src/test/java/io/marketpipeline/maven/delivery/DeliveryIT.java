package io.marketpipeline.maven.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.maven.artifact.Packager;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.ConfigurationReader;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Switches;
import io.marketpipeline.maven.endpoint.EndpointOptions;
import io.marketpipeline.maven.endpoint.EndpointProcess;
import io.marketpipeline.maven.faults.FunctionPackage;
import io.marketpipeline.maven.operate.Injection;
import io.marketpipeline.maven.operate.InputFile;
import io.marketpipeline.maven.operate.LetterFilter;
import io.marketpipeline.maven.operate.MalformedPolicy;
import io.marketpipeline.maven.operate.Operations;
import io.marketpipeline.maven.operate.OutputFormat;
import io.marketpipeline.maven.operate.Pacing;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.stack.DeployOptions;
import io.marketpipeline.maven.stack.PipelineDeployment;
import io.marketpipeline.maven.stack.StackException;
import io.marketpipeline.store.MarketDataQuery;
import io.marketpipeline.store.PageRequest;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * Real ticks through bus, queue, function and tables. {@code -Ddelivery.file} takes another file, of which the time from
 * first sending to last storing is printed.
 */
class DeliveryIT {
    private static final Path TRADES = Path.of(System.getProperty(
            "delivery.file",
            Path.of("..", "example-project", "data", "BAC-2013-10-07-open-trades.csv.gz")
                    .toString()));
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private static Path directory;

    private static EndpointProcess endpoint;

    private final List<String> lines = new ArrayList<>();
    private final Console console = Console.of(lines::add, lines::add, System.out, false, false);

    @BeforeAll
    static void startEndpoint() throws Exception {
        endpoint = EndpointProcess.start(new EndpointOptions(
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList(),
                0,
                "us-east-1",
                "000000000000",
                directory.resolve("local.log"),
                List.of("--delay-factor", "0.01", "--concurrency", "2")));
    }

    @AfterAll
    static void endEndpoint() {
        endpoint.close();
    }

    private static PipelineConfig config(String environment, String delivery) {
        return config(environment, delivery, "all", "true");
    }

    private static PipelineConfig config(
            String environment, String delivery, String indexProjection, String auditIndex) {
        return ConfigurationReader.read(
                        Element.group("configuration")
                                .element(Element.group("function")
                                        .value("handler", MarketPipelineHandler.class.getName())
                                        .value("memory", "1024")
                                        .value("timeout", "60")
                                        .build())
                                .element(Element.group("logs")
                                        .value("level", "WARN")
                                        .build())
                                .element(Element.group("tables")
                                        .value("indexShards", "4")
                                        .value("indexProjection", indexProjection)
                                        .build())
                                .element(Element.group("audit")
                                        .value("index", auditIndex)
                                        .build())
                                .value("delivery", delivery)
                                .build(),
                        Switches.ofEnvironment(environment, directory))
                .at(endpoint.uri());
    }

    private void deploy(PipelineConfig config) throws Exception {
        deploy(config, DeployOptions.CAREFUL);
    }

    private void deploy(PipelineConfig config, DeployOptions options) throws Exception {
        try (AwsClients clients = AwsClients.of(config)) {
            new PipelineDeployment(clients, config, console)
                    .deploy(
                            clients.check(),
                            Packager.pack(config, FunctionPackage.project(directory.resolve("classes"))),
                            options,
                            false);
        }
    }

    private void publish(PipelineConfig config, String dataSet, boolean packed, Injection injection, long limit)
            throws Exception {
        try (AwsClients clients = AwsClients.of(config)) {
            new Operations(clients, config, console)
                    .publish(
                            List.of(new InputFile(TRADES, dataSet, Optional.empty(), limit)),
                            Pacing.FASTEST,
                            injection,
                            packed,
                            MalformedPolicy.FAIL,
                            directory.resolve("manifest-" + dataSet + ".jsonl"),
                            Optional.of(PATIENCE));
        }
    }

    @Test
    void tapeWhenPackedAndBufferedIsStoredEventByEvent() throws Exception {
        PipelineConfig config = config("packed", "buffered");
        deploy(config);

        publish(config, "packed", true, Injection.NONE, Long.MAX_VALUE);

        lines.stream()
                .filter(line -> line.contains("events/s") || line.contains("rows stored"))
                .forEach(System.out::println);
        assertThat(lines).anyMatch(line -> line.contains("rows stored"));
    }

    @Test
    void tapeWhenTheFeedMisbehavesIsStoredOnce() throws Exception {
        PipelineConfig config = config("faulty", "buffered");
        deploy(config);

        publish(config, "faulty", true, Injection.parse("duplicates:2%,late:2%,cancels:1%", 7), 500);

        String told = String.join("\n", lines);
        Matcher injected = Pattern.compile(
                        "Injected ([0-9]+) duplicates, ([0-9]+) late, ([0-9]+) cancels; -Dseed=7 injects")
                .matcher(told);
        assertThat(injected.find()).as(told).isTrue();
        assertThat(told)
                .containsPattern("rows stored +" + (500 + Integer.parseInt(injected.group(3))) + "\\b")
                .containsPattern("audit records DUPLICATE +" + injected.group(1) + "\\b");
    }

    @Test
    void rowsWhenIndexesHoldKeysAndTheAuditTrailHasNoneAreStoredAndRead() throws Exception {
        PipelineConfig config = config("narrow", "buffered", "keys", "false");
        deploy(config);

        publish(config, "narrow", true, Injection.parse("cancels:10%", 7), 200);

        try (AwsClients clients = AwsClients.of(config)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
            new Operations(clients, config, Console.of(line -> {}, line -> {}, out, false, false))
                    .query(
                            MarketDataQuery.bySymbol("BAC").ofTypes(Set.of("Trade Execution")),
                            PageRequest.builder().limit(150).build(),
                            OutputFormat.JSON);
            assertThat(bytes.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("\"price\"")))
                    .hasSizeGreaterThanOrEqualTo(150);
        }
    }

    @Test
    void deliveryWhenChangedWhileEventsFlowLosesAndDoublesNothing() throws Exception {
        PipelineConfig direct = config("changing", "direct");
        deploy(direct);
        try (Flow flow = Flow.start(direct)) {
            flow.awaitStored(20, PATIENCE);
            deploy(config("changing", "buffered"));
            flow.awaitMore(20, PATIENCE);
            assertThatThrownBy(() -> deploy(direct))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("EventQueue (AWS::SQS::Queue")
                    .hasMessageMatching("(?s).*would be DELETED with its messages: ([0-9]+|none) at the moment.*");
            deploy(config("changing", "draining"));
            flow.awaitMore(20, PATIENCE);
            flow.awaitEmptyQueue(PATIENCE);
            deploy(direct, DeployOptions.CAREFUL.allowingDataLoss());
            assertThat(lines)
                    .anyMatch(line -> line.matches("DATA LOSS: EventQueue .* with its messages: none at the moment"));
            flow.awaitMore(20, PATIENCE);
            Set<String> sent = flow.end();

            flow.awaitStored(sent.size(), PATIENCE);
            assertThat(flow.stored()).isEqualTo(sent);
            // One record for each: an event that came twice would have a second one.
            assertThat(flow.audited())
                    .containsExactlyInAnyOrderElementsOf(
                            sent.stream().map(id -> id + "#SUCCESS").toList());
        }
    }

    @Test
    void eventWhenRefusedInAPackIsADeadLetterOfItsOwn() throws Exception {
        PipelineConfig config = config("refused", "buffered");
        deploy(config);
        try (AwsClients clients = AwsClients.of(config)) {
            String good = "{\"event_id\":\"good\",\"event_time\":\"2013-10-07T13:30:00Z\",\"exchange\":\"XNAS\","
                    + "\"symbol\":\"BAC\",\"price\":13.94,\"volume\":100}";
            PutEventsRequestEntry pack = PutEventsRequestEntry.builder()
                    .eventBusName(config.names().eventBus())
                    .source("market.data")
                    .detailType("Trade Execution")
                    .detail("{\"events\":[" + good + ",{\"event_id\":\"bad\",\"symbol\":\"BAC\"}]}")
                    .build();
            clients.eventBridge().putEvents(put -> put.entries(pack));
            assertThat(firstDeadLetters(config, clients))
                    .contains("missing_exchange", "\"event_id\":\"bad\"")
                    .doesNotContain("good");
        }
    }

    private static String firstDeadLetters(PipelineConfig config, AwsClients clients) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String printed = "";
        while (printed.isBlank() && System.nanoTime() < end) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
            new Operations(clients, config, Console.of(line -> {}, line -> {}, out, false, false))
                    .deadLetters(LetterFilter.ALL, 10, OutputFormat.JSON, Optional.empty());
            printed = bytes.toString(StandardCharsets.UTF_8);
        }
        return printed;
    }
}
