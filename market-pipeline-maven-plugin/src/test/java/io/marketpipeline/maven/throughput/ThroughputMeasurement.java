package io.marketpipeline.maven.throughput;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.marketpipeline.maven.operate.MalformedPolicy;
import io.marketpipeline.maven.operate.Operations;
import io.marketpipeline.maven.operate.Pacing;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.stack.DeployOptions;
import io.marketpipeline.maven.stack.PipelineDeployment;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day's trades through bus, rule, function and both tables of the local endpoint, and which part of the machine's time
 * went where. Fails where it can't measure, or where an event is missing, not where it is slow. On Linux only, since it
 * reads the threads' times from {@code /proc}.
 */
class ThroughputMeasurement {
    private static final int THREADS = 2;
    private static final long DAY = Long.getLong("throughput.events", 88_172);
    private static final long DIRECT = Long.getLong("throughput.direct", 40_000);
    private static final long IN_EXAMPLE = 2_500;
    private static final Pattern RATE = Pattern.compile("events/s +([0-9,.]+) from first sent to last stored");
    private static final Path EXAMPLE = Path.of("..", "example-project", "data", "BAC-2013-10-07-open-trades.csv.gz");

    @TempDir
    private static Path directory;

    private final List<String> lines = new ArrayList<>();
    private final Console console = Console.of(lines::add, lines::add, System.out, false, false);
    private final StringBuilder report = new StringBuilder("\n");

    @Test
    void endpointIsMeasured() throws Exception {
        try (EndpointProcess endpoint = EndpointProcess.start(new EndpointOptions(
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList(),
                0,
                "us-east-1",
                "000000000000",
                directory.resolve("local.log"),
                List.of("--concurrency", Integer.toString(THREADS))))) {
            EndpointProfile profile = new EndpointProfile(directory);
            buffered(endpoint, profile);
            direct(endpoint, profile);
        }
        System.out.println(report);
        Path written = Path.of(System.getProperty("throughput.output"));
        Files.createDirectories(written);
        Files.writeString(written.resolve("throughput.txt"), report);
    }

    private void buffered(EndpointProcess endpoint, EndpointProfile profile) throws Exception {
        PipelineConfig config = deployed(endpoint, "buffered");
        profile.start();
        try (AwsClients clients = AwsClients.of(config);
                TableFilling filling = TableFilling.watch(
                        clients.dynamoDb(),
                        DAY,
                        List.of(config.names().marketDataTable(), config.names().auditTrailTable()))) {
            double rate = published(config, "day", true, DAY);
            tell(
                    "Buffered and packed: %,d events, %,.0f a second, %.0f s from first sent to last row made",
                    DAY, rate, DAY / rate);
            filling.times()
                    .forEach((table, time) ->
                            tell("%s had all its items %,d s after the file was opened", table, time.toSeconds()));
        }
        report.append(profile.stop(DAY));
    }

    /** The same puts, made by as many threads as there are function processes, are what the tables alone would take. */
    private void direct(EndpointProcess endpoint, EndpointProfile profile) throws Exception {
        PipelineConfig config = deployed(endpoint, "direct");
        double unused = published(config, "warm", false, DIRECT / 5);
        profile.start();
        double pipeline = published(config, "direct", false, DIRECT);
        tell("Direct: %,d events, %,.0f a second", DIRECT, pipeline);
        report.append(profile.stop(DIRECT));
        StraightPuts straight = new StraightPuts(
                endpoint.uri(), config.names(), deployed(endpoint, "straight").names());
        profile.start();
        double puts = straight.eventsPerSecond(THREADS, DIRECT);
        tell(
                "The same rows and records put straight into the tables by %d threads: %,.0f events a second",
                THREADS, puts);
        report.append(profile.stop(DIRECT));
        tell("Direct delivery has %.2f of the events that its tables alone would take", pipeline / puts);
    }

    private void tell(String format, Object... values) {
        report.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private PipelineConfig deployed(EndpointProcess endpoint, String environment) throws Exception {
        PipelineConfig config = ConfigurationReader.read(
                        Element.group("configuration")
                                .element(Element.group("function")
                                        .value("handler", MarketPipelineHandler.class.getName())
                                        .value("memory", "1024")
                                        // Lambda's longest: on a busy machine a batch must not be given up.
                                        .value("timeout", "900")
                                        .build())
                                .element(Element.group("logs")
                                        .value("level", "WARN")
                                        .build())
                                .value("delivery", environment.equals("buffered") ? "buffered" : "direct")
                                .build(),
                        Switches.ofEnvironment(environment, directory))
                .at(endpoint.uri());
        try (AwsClients clients = AwsClients.of(config)) {
            new PipelineDeployment(clients, config, console)
                    .deploy(
                            clients.check(),
                            Packager.pack(config, FunctionPackage.project(directory.resolve("classes"))),
                            DeployOptions.CAREFUL,
                            false);
        }
        return config;
    }

    private double published(PipelineConfig config, String dataSet, boolean packed, long events) throws Exception {
        lines.clear();
        try (AwsClients clients = AwsClients.of(config)) {
            new Operations(clients, config, console)
                    .publish(
                            files(dataSet, events),
                            Pacing.FASTEST,
                            Injection.NONE,
                            packed,
                            MalformedPolicy.FAIL,
                            directory.resolve("manifest-" + dataSet + ".jsonl"),
                            Optional.of(Duration.ofMinutes(5)));
        }
        // A shorter file would pass for a day, and its time for a day's.
        assertThat(String.join("\n", lines))
                .containsPattern("rows stored +" + String.format(Locale.ROOT, "%,d", events));
        Matcher rate = RATE.matcher(String.join("\n", lines));
        assertThat(rate.find()).as("%s", lines).isTrue();
        return Double.parseDouble(rate.group(1).replace(",", ""));
    }

    /** The file that was named, or the example's morning as often as it takes, each time as a data set of its own. */
    private static List<InputFile> files(String dataSet, long events) {
        Path named = Path.of(System.getProperty("throughput.file"));
        if (Files.exists(named)) {
            return List.of(new InputFile(named, dataSet, Optional.empty(), events));
        }
        List<InputFile> files = new ArrayList<>();
        for (long left = events; left > 0; left -= IN_EXAMPLE) {
            files.add(new InputFile(EXAMPLE, dataSet + files.size(), Optional.empty(), Math.min(left, IN_EXAMPLE)));
        }
        return files;
    }
}
