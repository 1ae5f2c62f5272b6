package io.marketpipeline.ttl;

import io.marketpipeline.event.MarketEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows live for a number of days from receipt; a class, and no lambda, whose linking takes its time at a cold start. */
final class TtlDays implements TtlPolicy {
    private static final String BEGIN = "{\"days\":";
    private static final String END = "}";
    private static final int MAX_DIGITS = 6;

    private final Duration duration;

    TtlDays(int days) {
        this.duration = Duration.ofDays(days);
    }

    /** Reads what is set most, {@code {"days":30}}, without loading a parser; null for everything else. */
    static @Nullable TtlPolicy parse(String json) {
        int digits = json.length() - BEGIN.length() - END.length();
        if (!json.startsWith(BEGIN) || !json.endsWith(END) || digits < 1 || digits > MAX_DIGITS) {
            return null;
        }
        int days = 0;
        for (int i = BEGIN.length(); i < BEGIN.length() + digits; i++) {
            char c = json.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            days = days * 10 + c - '0';
        }
        return days == 0 || json.charAt(BEGIN.length()) == '0' ? null : new TtlDays(days);
    }

    @Override
    public Optional<Instant> expiry(MarketEvent event, Instant receivedAt) {
        return Optional.of(receivedAt.plus(duration));
    }
}
