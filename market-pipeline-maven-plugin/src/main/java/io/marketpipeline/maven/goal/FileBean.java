package io.marketpipeline.maven.goal;

import io.marketpipeline.event.EventKind;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.EventType;
import io.marketpipeline.maven.operate.InputFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file to publish, in the pom. */
public final class FileBean {
    /** Path, relative to the project: CSV with a header or JSON lines, plain or {@code .gz}. Must be there. */
    private @Nullable String path;

    /** First part of each row's identity; the file's name without extensions by default. */
    private @Nullable String dataSet;

    /** {@code trade}, {@code quote} or {@code price}; told by the columns by default. */
    private @Nullable String kind;

    /** Detail type of the events, such as {@code Trade Update}; the kind's by default. */
    private @Nullable String detailType;

    /** How many rows are read, from the top; all by default. */
    private @Nullable Long limit;

    static FileBean of(String path, @Nullable String dataSet, @Nullable String detailType) {
        FileBean bean = new FileBean();
        bean.path = path;
        bean.dataSet = dataSet;
        bean.detailType = detailType;
        return bean;
    }

    /**
     * The file.
     *
     * @param atMost limit that holds beside the file's own; null for none
     */
    InputFile file(Path base, PipelineConfig config, @Nullable Long atMost) {
        if (path == null || path.isBlank()) {
            throw new UserFixableException("<files><file> has no <path>; example:"
                    + " <file><path>data/BAC-trades.csv.gz</path><kind>trade</kind><limit>2000</limit></file>");
        }
        Path resolved = base.resolve(path.strip());
        return new InputFile(
                resolved,
                dataSet == null ? InputFile.dataSetOf(resolved) : dataSet,
                type(config),
                Math.min(limit == null ? Long.MAX_VALUE : limit, atMost == null ? Long.MAX_VALUE : atMost));
    }

    private Optional<EventType> type(PipelineConfig config) {
        if (detailType != null) {
            return Optional.of(EventType.ofDetailType(detailType, config));
        }
        if (kind == null) {
            return Optional.empty();
        }
        for (EventKind known : EventKind.values()) {
            if (known.settingName().equalsIgnoreCase(kind.strip())) {
                return Optional.of(EventType.ofKind(known));
            }
        }
        throw new UserFixableException(
                "<file><kind> is '" + kind + "', must be trade, quote or price; example: <kind>quote</kind>");
    }
}
