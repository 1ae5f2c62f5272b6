package io.marketpipeline.maven.reconcile;

import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.HeadLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The heads of the chains of {@code UNDELIVERED} records, which {@code redrive} writes into its reports. */
final class ReportedHeads {
    private ReportedHeads() {}

    /**
     * Hands the head of each report on; one of a run that wrote no record has none.
     *
     * @throws UserFixableException if a report isn't there
     */
    static void each(List<Path> reports, Consumer<ChainHead> take) throws IOException {
        for (Path report : reports) {
            try (Stream<String> lines = Files.lines(report)) {
                lines.forEach(line -> HeadLine.read(line).ifPresent(take));
            } catch (NoSuchFileException e) {
                throw new UserFixableException(
                        "Report " + report + " doesn't exist; -DredriveReport names files that redrive wrote, as"
                                + " target/market-pipeline/redrive-*.jsonl",
                        e);
            }
        }
    }
}
