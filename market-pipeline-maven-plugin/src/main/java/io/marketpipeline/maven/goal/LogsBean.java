package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import org.jspecify.annotations.Nullable;

/** Element {@code <logs>}. */
public final class LogsBean {
    /** Days that the function's log is kept; default 30. */
    private @Nullable String retentionDays;

    /** {@code ERROR}, {@code WARN}, {@code INFO} (default) or {@code DEBUG}. */
    private @Nullable String level;

    Element element() {
        return Element.group("logs")
                .value("retentionDays", retentionDays)
                .value("level", level)
                .build();
    }
}
