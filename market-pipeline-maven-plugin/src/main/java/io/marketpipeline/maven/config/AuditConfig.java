package io.marketpipeline.maven.config;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The audit trail.
 *
 * @param onFailure what happens to an event whose record can't be written
 * @param retentionDays days after which records expire; empty for never
 * @param index whether records can be read by event type
 */
public record AuditConfig(OnFailure onFailure, OptionalInt retentionDays, boolean index) {
    private static final int MAX_DAYS = 36_500;

    /** What happens to an event whose audit record can't be written. */
    public enum OnFailure {
        /** The event fails and is tried again. */
        FAIL,
        /** The event is done; the failure is logged. */
        CONTINUE;

        /** As {@link io.marketpipeline.schema.FunctionVariables#AUDIT_ON_FAILURE} writes it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static AuditConfig read(Reading audit) {
        return new AuditConfig(
                audit.choice("onFailure", OnFailure.FAIL, OnFailure::label),
                audit.integer("retentionDays", 1, MAX_DAYS, "days; left out for ever", 2555),
                audit.flag("index", true));
    }
}
