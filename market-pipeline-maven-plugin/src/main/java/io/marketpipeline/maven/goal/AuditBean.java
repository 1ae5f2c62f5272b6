package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import org.jspecify.annotations.Nullable;

/** Element {@code <audit>}. */
public final class AuditBean {
    /** {@code fail} (default): an event whose record cannot be written is tried again; or {@code continue}. */
    private @Nullable String onFailure;

    /** Days that records are kept; for ever by default. */
    private @Nullable String retentionDays;

    Element element() {
        return Element.group("audit")
                .value("onFailure", onFailure)
                .value("retentionDays", retentionDays)
                .build();
    }
}
