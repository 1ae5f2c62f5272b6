package io.marketpipeline.event;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Turns an envelope into a valid event, or into everything that is wrong with it. Immutable and thread-safe.
 *
 * <p>Identity is the configured fields of {@code detail}; where one of them is missing, the envelope's id. Event time is
 * {@code detail.event_time}, else the envelope's {@code time}. Numbers may be JSON numbers or decimal texts.
 */
public final class EventDecoder {
    private final Map<String, EventKind> detailTypes;
    private final String[] identity;
    private final Predicate<String> negativePrices;

    private EventDecoder(Builder b) {
        detailTypes = b.detailTypes;
        identity = b.identity.toArray(new String[0]);
        negativePrices = b.negativePrices;
    }

    /** A decoder with the defaults: the four known detail types, identity {@code event_id}, negative prices legal. */
    public static EventDecoder ofDefaults() {
        return builder().build();
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether the decoder accepts events of a detail type. */
    public boolean knows(String detailType) {
        return detailTypes.containsKey(detailType);
    }

    /** Decodes and validates an envelope; never throws. */
    public DecodedEvent decode(Envelope envelope) {
        return new DetailReader(envelope, detailTypes, identity, negativePrices).read();
    }

    /** Builds an {@link EventDecoder}. Not thread-safe. */
    public static final class Builder {
        private Map<String, EventKind> detailTypes = EventKind.knownDetailTypes();
        private List<String> identity = List.of("event_id");
        private Predicate<String> negativePrices = new AnySymbol();

        private Builder() {}

        /** The detail types that are accepted, with the kind of event each carries. */
        public Builder detailTypes(Map<String, EventKind> value) {
            detailTypes = Map.copyOf(value);
            return this;
        }

        /**
         * The fields of {@code detail} that are an event's identity, in their order; {@code detail_type} and
         * {@code source} are the envelope's where {@code detail} has no such field. Values of several fields are joined by
         * {@code |}; that character and {@code %} are percent-encoded in them.
         */
        public Builder identity(List<String> fields) {
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("identity needs at least one field");
            }
            identity = List.copyOf(fields);
            return this;
        }

        /** Which symbols may have prices below zero; all by default. */
        public Builder negativePrices(Predicate<String> symbols) {
            negativePrices = Objects.requireNonNull(symbols, "symbols");
            return this;
        }

        public EventDecoder build() {
            return new EventDecoder(this);
        }
    }

    /** A class, and no lambda, whose linking takes its time at a cold start. */
    private static final class AnySymbol implements Predicate<String> {
        @Override
        public boolean test(String symbol) {
            return true;
        }
    }
}
