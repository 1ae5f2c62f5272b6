package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import org.jspecify.annotations.Nullable;

/** Element {@code <audit>}. */
public final class AuditBean {
    /** {@code fail} (default): an event whose record cannot be written is tried again; or {@code continue}. */
    private @Nullable String onFailure;

    /** Days that records are kept; for ever by default. */
    private @Nullable String retentionDays;

    /**
     * Whether the table has the index that {@code audit -DeventType} reads; default {@code true}. Without it an event takes
     * a write unit less, and records are found by {@code -DeventId} only.
     */
    private @Nullable String index;

    Element element() {
        return Element.group("audit")
                .value("onFailure", onFailure)
                .value("retentionDays", retentionDays)
                .value("index", index)
                .build();
    }
}
