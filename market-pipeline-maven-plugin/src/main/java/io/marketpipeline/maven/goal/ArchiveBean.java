package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import org.jspecify.annotations.Nullable;

/** Element {@code <archive>}. */
public final class ArchiveBean {
    /** Whether the bus has an archive; default {@code true}. */
    private @Nullable String enabled;

    /** Days that events are kept, 0 for ever; default 30. */
    private @Nullable String retentionDays;

    Element element() {
        return Element.group("archive")
                .value("enabled", enabled)
                .value("retentionDays", retentionDays)
                .build();
    }
}
