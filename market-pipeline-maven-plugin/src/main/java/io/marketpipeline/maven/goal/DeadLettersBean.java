package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import org.jspecify.annotations.Nullable;

/** Element {@code <deadLetters>}. */
public final class DeadLettersBean {
    /** Days that dead letters are kept, 1 to 14; default 14. */
    private @Nullable String retentionDays;

    Element element() {
        return Element.group("deadLetters")
                .value("retentionDays", retentionDays)
                .build();
    }
}
