package io.marketpipeline.store;

import java.util.Objects;
import java.util.Set;

/**
 * Which audit records to read. Immutable.
 *
 * @param by what {@code value} is
 * @param value compared exactly
 * @param statuses only records of these statuses; empty for all
 */
public record AuditTrailQuery(By by, String value, Set<String> statuses) {
    /** What records can be found by. */
    public enum By {
        /** The event's detail type. */
        EVENT_TYPE,
        EVENT_ID
    }

    public AuditTrailQuery {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(value, "value");
        statuses = Set.copyOf(statuses);
    }

    /** All records of a detail type. */
    public static AuditTrailQuery byEventType(String eventType) {
        return new AuditTrailQuery(By.EVENT_TYPE, eventType, Set.of());
    }

    /**
     * The story of an event, in time order. Records of the Terraform original aren't found this way, since their key is
     * random.
     */
    public static AuditTrailQuery byEventId(String eventId) {
        return new AuditTrailQuery(By.EVENT_ID, eventId, Set.of());
    }

    /** The same, but only records of these statuses. */
    public AuditTrailQuery ofStatuses(Set<String> statuses) {
        return new AuditTrailQuery(by, value, statuses);
    }
}
