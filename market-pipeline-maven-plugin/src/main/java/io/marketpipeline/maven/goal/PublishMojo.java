package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.Injection;
import io.marketpipeline.maven.operate.InputFile;
import io.marketpipeline.maven.operate.MalformedPolicy;
import io.marketpipeline.maven.operate.Operations;
import io.marketpipeline.maven.operate.Pacing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Publishes rows of files to the bus, each with an identity, so that publishing a file twice stores it once. Writes
 * what became of each row to {@code target/market-pipeline/manifest-*.jsonl} as it happens. With {@code await} it waits
 * until each event is a row or a dead letter and prints counts, rate and latency.
 */
@Mojo(name = "publish", configurator = PomConfigurator.HINT, threadSafe = true)
public final class PublishMojo extends AbstractPipelineMojo {
    /**
     * Files to publish, joined by commas, relative to the project; wins over {@code <files>}. CSV ({@code .csv},
     * {@code .csv.gz}) with a header that names at least {@code symbol} and {@code event_time} (ISO 8601 with offset),
     * where {@code price}, {@code volume}, {@code bid_price}, {@code bid_size}, {@code ask_price}, {@code ask_size} and
     * {@code sequence} are decimal numbers and all else is text; any other name is read as JSON lines, an object a line,
     * plain or {@code .gz}. Example: {@code -Dfile=data/BAC-trades.csv.gz,data/BAC-quotes.csv.gz}.
     */
    @Parameter(property = "file")
    private @Nullable String file;

    /** Files to publish, each with {@code <path>}, {@code <dataSet>}, {@code <kind>}, {@code <detailType>}, {@code <limit>}. */
    @Parameter
    private @Nullable List<FileBean> files;

    /**
     * Detail type of the events of {@code -Dfile}. By default {@code Market Quote} for files with a column
     * {@code bid_price} or {@code ask_price}, else {@code Trade Execution}. Example: {@code -DdetailType="Trade Update"}.
     */
    @Parameter(property = "detailType")
    private @Nullable String detailType;

    /**
     * First part of each row's identity (data set, kind, symbol, sequence), of {@code -Dfile}. By default the file's name
     * without extensions. A row without {@code sequence} takes its place in the file; one with an {@code event_id} of its
     * own keeps that.
     */
    @Parameter(property = "dataSet")
    private @Nullable String dataSet;

    /**
     * How many rows are read of each file at most, from the top; all by default. A smaller {@code <limit>} of a
     * {@code <file>} stays. Example: {@code -Dlimit=2000}.
     */
    @Parameter(property = "limit")
    private @Nullable Long limit;

    /** Events per second, sent evenly; 0 (default) for as fast as possible. Example: {@code -Drate=500}. */
    @Parameter(property = "rate", defaultValue = "0")
    private double rate;

    /**
     * Plays the files as they were recorded, merged by their events' times: {@code 1} at the recorded speed, {@code 60} an
     * hour in a minute; 0 (default) to leave the times alone. Not together with {@code rate}. Example: {@code -Dspeed=60}.
     */
    @Parameter(property = "speed", defaultValue = "0")
    private double speed;

    /**
     * Whether many events go in one entry of the bus, which costs and limits far less; default {@code false}. Patterns of
     * rules on fields of the detail don't match inside packs.
     */
    @Parameter(property = "packed", defaultValue = "false")
    private boolean packed;

    /**
     * What goes wrong on purpose, with the share of the events that it happens to: {@code duplicates} are sent twice,
     * {@code late} ones behind up to 1,000 later events, {@code cancels} are followed, up to 1,000 events later, by a
     * {@code Trade Update} whose {@code ref_event_id} names the trade. The manifest marks them, and the run counts them. Example: {@code -Dinject=duplicates:1%,late:0.5%,cancels:0.1%}.
     */
    @Parameter(property = "inject")
    private @Nullable String inject;

    /** Decides which events {@code inject} is about; printed, so that a run can be repeated. Drawn by default. */
    @Parameter(property = "seed")
    private @Nullable Long seed;

    /**
     * What is done about rows that make no event (wrong number of fields, no symbol, a price that isn't a number ...):
     * {@code fail} (default) reads all files first, names the rows by line and reason, and sends nothing if there are
     * any; {@code skip} leaves them out, warns of them, and writes them to the manifest.
     */
    @Parameter(property = "onMalformed", defaultValue = "fail")
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private String onMalformed;

    /**
     * Whether to wait until each accepted event is a row or a dead letter, and print what became of them; default
     * {@code false}. Fails if an event is missing, or a row of the data set is one too many.
     */
    @Parameter(property = "await", defaultValue = "false")
    private boolean await;

    /** Seconds to wait without anything arriving; default 300, longer than Lambda's two retries take. */
    @Parameter(property = "awaitTimeout", defaultValue = "300")
    private long awaitTimeout;

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        List<InputFile> inputs = inputs(config);
        Pacing pacing = new Pacing(rate, speed);
        MalformedPolicy policy = MalformedPolicy.of(onMalformed);
        Optional<Duration> patience = await ? Optional.of(Duration.ofSeconds(awaitTimeout)) : Optional.empty();
        Path manifest = WrittenFiles.next(WrittenFiles.MANIFEST, config);
        try (AwsClients clients = AwsClients.of(config)) {
            new Operations(clients, config, console())
                    .publish(inputs, pacing, injection(), packed, policy, manifest, patience);
        }
    }

    private Injection injection() {
        long drawn = seed == null ? new SplittableRandom().nextInt(1, Integer.MAX_VALUE) : seed;
        return inject == null ? Injection.NONE : Injection.parse(inject, drawn);
    }

    private List<InputFile> inputs(PipelineConfig config) {
        Path base = project().getBasedir() == null
                ? Path.of("")
                : project().getBasedir().toPath();
        List<InputFile> inputs =
                beans().stream().map(bean -> bean.file(base, config, limit)).toList();
        InputFile.requireDistinct(inputs);
        return inputs;
    }

    List<FileBean> beans() {
        if (file != null) {
            return Arrays.stream(file.split(",", -1))
                    .map(path -> FileBean.of(path, dataSet, detailType))
                    .toList();
        }
        if (files == null || files.isEmpty()) {
            throw new UserFixableException("There is nothing to publish: name files with -Dfile or <files>; example:"
                    + " -Dfile=data/BAC-2013-10-07-trades.csv.gz -Dlimit=2000");
        }
        if (dataSet != null || detailType != null) {
            throw new UserFixableException("-DdataSet and -DdetailType belong to -Dfile, which isn't given; in <files>"
                    + " each <file> has its own <dataSet> and <detailType>");
        }
        return files;
    }
}
