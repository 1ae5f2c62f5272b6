package io.marketpipeline.maven.stack;

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
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A local endpoint with pipelines whose function is the library's own handler, so that it can be invoked. */
final class LivePipeline implements AutoCloseable {
    private static final String ACCOUNT = "000000000000";
    private static final Pattern NEEDED = Pattern.compile(
            "(aws-lambda-java-core|jackson-core|dynamodb|sqs|url-connection-client|apache-client|httpclient|httpcore|commons-codec|commons-logging|sdk-core|aws-core|auth|regions|utils"
                    + "|utils-lite|http-client-spi|http-auth.*|identity-spi|metrics-spi|endpoints-spi|json-utils"
                    + "|profiles|checksums.*|retries.*|third-party-jackson-core|protocol-core|aws-json-protocol"
                    + "|annotations|slf4j-api|reactive-streams|eventstream)-[0-9][^/]*\\.jar");

    private final URI uri;
    private final Runnable end;
    private final Path directory;
    private final Consumer<String> echo;
    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();

    private LivePipeline(URI uri, Runnable end, Path directory, Consumer<String> echo) {
        this.echo = echo;
        this.uri = uri;
        this.end = end;
        this.directory = directory;
    }

    static LivePipeline start(Path directory) throws IOException, InterruptedException {
        EndpointProcess endpoint = EndpointProcess.start(
                new EndpointOptions(classPath(), 0, "us-east-1", ACCOUNT, directory.resolve("local.log"), List.of()));
        return new LivePipeline(endpoint.uri(), endpoint::close, directory, line -> {});
    }

    /** Pipelines in an endpoint that somebody else has started; {@code echo} gets each line at once. */
    static LivePipeline at(URI uri, Path directory, Consumer<String> echo) {
        return new LivePipeline(uri, () -> {}, directory, echo);
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        end.run();
    }

    /** What was written to the console, the log's lines and warnings. */
    List<String> lines() {
        return lines;
    }

    String text() {
        return String.join("\n", lines);
    }

    /** What was written as a result, to be piped. */
    String results() {
        return results.toString(StandardCharsets.UTF_8);
    }

    void forget() {
        lines.clear();
        results.reset();
    }

    private void tell(String line) {
        lines.add(line);
        echo.accept(line);
    }

    Console console() {
        return Console.of(this::tell, this::tell, new PrintStream(results, true, StandardCharsets.UTF_8), false, false);
    }

    /** A configuration without SnapStart. */
    PipelineConfig config(String environment, Map<String, String> settings) {
        Element.Builder group = Element.group("function")
                .value("handler", MarketPipelineHandler.class.getName())
                .value("snapStart", settings.getOrDefault("snapStart", "false"))
                .value("memory", settings.getOrDefault("memory", "512"))
                .value("keepVersions", settings.getOrDefault("keepVersions", "5"));
        return ConfigurationReader.read(
                        Element.group("configuration")
                                .element(group.build())
                                .element(Element.group("archive")
                                        .value("retentionDays", settings.getOrDefault("archiveDays", "30"))
                                        .build())
                                .value("delivery", settings.getOrDefault("delivery", "direct"))
                                .build(),
                        Switches.ofEnvironment(environment, directory.resolve(environment)))
                .at(uri);
    }

    PipelineConfig config(String environment) {
        return config(environment, Map.of());
    }

    AwsClients clients(PipelineConfig config) {
        return AwsClients.of(config);
    }

    /**
     * Deploys the handler together with a resource, which makes this code another one. Code called {@code broken} lacks a
     * library, so that it doesn't start.
     */
    StackResult deploy(PipelineConfig config, String code) throws IOException, InterruptedException {
        return deploy(config, code, false);
    }

    StackResult deploy(PipelineConfig config, String code, boolean fast) throws IOException, InterruptedException {
        return deploy(config, code, fast, DeployOptions.CAREFUL);
    }

    StackResult deploy(PipelineConfig config, String code, boolean fast, DeployOptions options)
            throws IOException, InterruptedException {
        try (AwsClients clients = AwsClients.of(config)) {
            return new PipelineDeployment(clients, config, console())
                    .deploy(clients.check(), Packager.pack(config, project(code)), options, fast);
        }
    }

    Plan plan(PipelineConfig config, String code) throws IOException, InterruptedException {
        return plan(config, code, DeployOptions.CAREFUL);
    }

    Plan plan(PipelineConfig config, String code, DeployOptions options) throws IOException, InterruptedException {
        try (AwsClients clients = AwsClients.of(config)) {
            return new PipelinePlan(clients, config, console())
                    .make(clients.check(), Packager.pack(config, project(code)), options);
        }
    }

    /** The version that the alias points to. */
    String live(PipelineConfig config) {
        try (AwsClients clients = AwsClients.of(config)) {
            return clients.lambda()
                    .getAlias(request ->
                            request.functionName(config.names().function()).name("live"))
                    .functionVersion();
        }
    }

    private ProjectFiles project(String code) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes-" + code));
        Files.writeString(classes.resolve("code.txt"), code);
        List<Dependency> dependencies = new ArrayList<>();
        dependencies.add(new Dependency("io.marketpipeline", "market-pipeline-core", "1", "", core()));
        for (Path entry : classPath()) {
            String name = entry.getFileName().toString();
            boolean left = code.startsWith("broken") && name.startsWith("jackson-core");
            if (NEEDED.matcher(name).matches() && !left) {
                dependencies.add(new Dependency("test", name.replaceFirst("-[0-9].*", ""), "1", "", entry));
            }
        }
        return new ProjectFiles("tape", classes, dependencies);
    }

    private static Path core() {
        return Path.of(MarketPipelineHandler.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }
}
