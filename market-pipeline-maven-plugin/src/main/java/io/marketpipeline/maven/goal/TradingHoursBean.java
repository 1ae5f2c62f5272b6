package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import org.jspecify.annotations.Nullable;

/** Element {@code <tradingHours>} of {@code <alarms>}. */
public final class TradingHoursBean {
    /** A day or a range of days; default {@code MON-FRI}. */
    private @Nullable String days;

    /** Hours and minutes in UTC, such as {@code 13:30}. */
    private @Nullable String from;

    /** Hours and minutes in UTC, such as {@code 20:00}. */
    private @Nullable String to;

    Element element() {
        return Element.group("tradingHours")
                .value("days", days)
                .value("from", from)
                .value("to", to)
                .build();
    }
}
