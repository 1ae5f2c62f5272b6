package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import org.jspecify.annotations.Nullable;

/** Element {@code <retry>}. */
public final class RetryBean {
    /** Tries after the first, 0 to 185; default 2. Lambda itself stops at 2. */
    private @Nullable String attempts;

    /** Seconds after which an event is given up, 60 to 86400; default 3600. Lambda itself stops at 21600. */
    private @Nullable String maxAge;

    Element element() {
        return Element.group("retry")
                .value("attempts", attempts)
                .value("maxAge", maxAge)
                .build();
    }
}
