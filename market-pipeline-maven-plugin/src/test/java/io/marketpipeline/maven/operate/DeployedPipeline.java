package io.marketpipeline.maven.operate;

import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.maven.artifact.Dependency;
import io.marketpipeline.maven.artifact.Packager;
import io.marketpipeline.maven.artifact.ProjectFiles;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.ConfigurationReader;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Switches;
import io.marketpipeline.maven.endpoint.EndpointOptions;
import io.marketpipeline.maven.endpoint.EndpointProcess;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.stack.PipelineDeployment;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The library's own handler deployed to the real local endpoint, which runs as the process that {@code start} starts, with
 * retries a hundred times faster than AWS's.
 */
public final class DeployedPipeline implements AutoCloseable {
    private final EndpointProcess endpoint;
    private final AwsClients clients;
    private final PipelineConfig config;
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Console console;

    private DeployedPipeline(EndpointProcess endpoint, PipelineConfig config) {
        this.endpoint = endpoint;
        this.config = config;
        this.clients = AwsClients.of(config);
        this.console = Console.of(
                lines::add, lines::add, new PrintStream(results, true, StandardCharsets.UTF_8), false, false);
    }

    public static DeployedPipeline start(Path directory, Element... elements) throws Exception {
        EndpointProcess endpoint = EndpointProcess.start(new EndpointOptions(
                classPath(),
                0,
                "us-east-1",
                "000000000000",
                directory.resolve("local.log"),
                List.of("--delay-factor", "0.01", "--concurrency", "4")));
        Element.Builder configuration = Element.group("configuration")
                .element(Element.group("function")
                        .value("handler", MarketPipelineHandler.class.getName())
                        .build());
        for (Element element : elements) {
            configuration.element(element);
        }
        PipelineConfig config = ConfigurationReader.read(
                        configuration.build(), Switches.ofEnvironment("it", directory.resolve("target")))
                .at(endpoint.uri());
        DeployedPipeline pipeline = new DeployedPipeline(endpoint, config);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        new PipelineDeployment(pipeline.clients, config, pipeline.console)
                .deploy(pipeline.clients.check(), Packager.pack(config, new ProjectFiles("it", classes, function())));
        pipeline.lines.clear();
        return pipeline;
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
    }

    /** What the function needs of this test's own class path. */
    private static List<Dependency> function() {
        List<Dependency> dependencies = new ArrayList<>();
        for (Path entry : classPath()) {
            String name = entry.toString();
            boolean core =
                    Files.exists(entry.resolve("io/marketpipeline/lambda")) || name.contains("market-pipeline-core");
            boolean needed = name.endsWith(".jar")
                    && (name.contains("awssdk")
                            || name.contains("aws-lambda-java-core")
                            || name.contains("jackson-core")
                            || name.contains("httpc")
                            || name.contains("commons-")
                            || name.contains("slf4j-api")
                            || name.contains("reactive-streams"));
            if (core) {
                dependencies.add(new Dependency("io.marketpipeline", "market-pipeline-core", "1", "", entry));
            } else if (needed) {
                String group = name.contains("awssdk") ? "software.amazon.awssdk" : "third";
                String file = String.valueOf(entry.getFileName()).replace(".jar", "");
                dependencies.add(new Dependency(group, file, "1", "", entry));
            }
        }
        return dependencies;
    }

    public AwsClients clients() {
        return clients;
    }

    public PipelineConfig config() {
        return config;
    }

    public Console console() {
        return console;
    }

    public Operations operations() {
        return new Operations(clients, config, console);
    }

    /** What the goals said since the last call, results included. */
    public String said() {
        String all = String.join("\n", lines) + "\n" + results.toString(StandardCharsets.UTF_8);
        lines.clear();
        results.reset();
        return all;
    }

    public static String envelope(String eventId, String time, String detail) {
        return "{\"version\":\"0\",\"id\":\"env-" + eventId + "\",\"detail-type\":\"Trade Execution\","
                + "\"source\":\"market.data\",\"account\":\"000000000000\",\"time\":\"" + time + "\",\"detail\":"
                + detail
                + "}";
    }

    public static String trade(String eventId) {
        return envelope(
                eventId,
                "2026-11-22T14:30:00Z",
                "{\"event_id\":\"" + eventId + "\",\"event_time\":\"2026-11-22T14:30:00.123Z\",\"symbol\":\"BAC\","
                        + "\"exchange\":\"XNYS\",\"price\":13.87,\"volume\":100}");
    }

    /** What the function answers. */
    public String invoke(String payload) {
        return clients.lambda()
                .invoke(request -> request.functionName(config.names().function())
                        .qualifier("live")
                        .payload(SdkBytes.fromUtf8String(payload)))
                .payload()
                .asUtf8String();
    }

    /** Texts as the attributes of a message. */
    static Map<String, MessageAttributeValue> asMessage(Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new HashMap<>();
        attributes.forEach((name, value) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        return values;
    }

    /** Puts a letter into the queue. */
    public void letter(String body, Map<String, String> attributes) {
        clients.sqs()
                .sendMessage(request ->
                        request.queueUrl(queueUrl()).messageBody(body).messageAttributes(asMessage(attributes)));
    }

    /**
     * {@code kill -9} for every function process, which are the children of this JVM's endpoint. Their command lines would not
     * do to know them by, as Java tells none of more than a page (4 KB), such as a class path of many jars.
     *
     * @return how many were killed
     */
    public static int killFunctions() {
        return (int) ProcessHandle.current()
                .children()
                .flatMap(ProcessHandle::children)
                .filter(ProcessHandle::destroyForcibly)
                .count();
    }

    public String queueUrl() {
        return clients.sqs()
                .getQueueUrl(request -> request.queueName(config.names().deadLetterQueue()))
                .queueUrl();
    }

    /** Letters in the queue, those that somebody holds among them. */
    public int letters() {
        return count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES) + lettersHeld();
    }

    /** Letters that somebody holds. */
    int lettersHeld() {
        return count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    private int count(QueueAttributeName which) {
        return Integer.parseInt(clients.sqs()
                .getQueueAttributes(request -> request.queueUrl(queueUrl()).attributeNames(which))
                .attributes()
                .get(which));
    }

    @Override
    public void close() {
        clients.close();
        endpoint.close();
    }
}
