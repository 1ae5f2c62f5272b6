package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.marketpipeline.event.DecodedEvent;
import io.marketpipeline.event.Envelope;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.event.EventDecoder;
import io.marketpipeline.event.EventKind;
import io.marketpipeline.event.RawData;
import io.marketpipeline.maven.config.PipelineConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the events of a payload as the function does, so that their identities are the function's. Thread-safe. */
public final class LetterEvents {
    private final EventDecoder decoder;

    /** A reader with the identity and the detail types of the configuration. */
    public LetterEvents(PipelineConfig config) {
        decoder = decoder(config);
    }

    /** A decoder that reads events as the function does. */
    public static EventDecoder decoder(PipelineConfig config) {
        Map<String, EventKind> kinds = new HashMap<>();
        config.rules().forEach(rule -> kinds.putAll(rule.detailTypes()));
        return EventDecoder.builder()
                .detailTypes(kinds)
                .identity(config.identity())
                .build();
    }

    /**
     * An event of a payload.
     *
     * @param timestamp event time in ms; 0 where it can't be read
     * @param sha256 of the detail's bytes, or of the whole where it has none
     * @param symbol its instrument; empty where it can't be read
     * @param envelope that it came in, of its own
     */
    public record Identified(
            String eventId,
            String detailType,
            long timestamp,
            String sha256,
            Optional<String> symbol,
            Envelope envelope) {}

    /** The events of a dead letter, whoever put it into the queue. */
    public List<Identified> of(DeadLetter letter) {
        return of(letter.payload());
    }

    /** The events of a payload of the function; at least one, as what can't be read is one to be refused. */
    public List<Identified> of(byte[] payload) {
        List<Identified> events = new ArrayList<>();
        for (Envelope envelope : EnvelopeDecoder.decode(payload).envelopes()) {
            RawData detail = envelope.detail();
            String sha256 = (detail == null ? envelope.raw() : detail).sha256();
            DecodedEvent decoded = decoder.decode(envelope);
            if (decoded instanceof DecodedEvent.Valid valid) {
                var event = valid.event();
                events.add(new Identified(
                        event.eventId(),
                        event.detailType(),
                        event.eventTimeMillis(),
                        sha256,
                        Optional.of(event.symbol()),
                        envelope));
            } else if (decoded instanceof DecodedEvent.Invalid invalid) {
                events.add(new Identified(
                        invalid.eventId(),
                        invalid.detailType(),
                        invalid.timestampMillis(),
                        sha256,
                        symbol(detail),
                        envelope));
            }
        }
        return events;
    }

    private static Optional<String> symbol(@Nullable RawData detail) {
        try {
            JsonNode symbol = JsonRows.tree(detail == null ? "" : detail.text()).path("symbol");
            return symbol.isTextual() ? Optional.of(symbol.asText()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
