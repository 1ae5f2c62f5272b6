package io.marketpipeline.event;

import java.util.List;
import java.util.Objects;

/**
 * The envelopes of one payload.
 *
 * @param form how they came, which decides the form of the answer
 * @param envelopes in the payload's order, those of a pack one after the other; at least one, and some may be defective
 * @param messages the queue's messages that brought them, in the payload's order; empty where no queue did
 */
public record EnvelopeBatch(Form form, List<Envelope> envelopes, List<Message> messages) {
    /** How envelopes came. */
    public enum Form {
        /** One envelope with one event. */
        EVENT,
        /** An array of envelopes, or a pack. */
        EVENTS,
        /** A batch of messages of a queue. */
        QUEUE
    }

    /**
     * A message of a queue, of which {@link #envelopes()} holds those from {@code from} to before {@code to}.
     *
     * @param id the queue's id of it; empty where it has none
     */
    public record Message(String id, int from, int to) {
        public Message {
            Objects.requireNonNull(id, "id");
        }
    }

    public EnvelopeBatch {
        Objects.requireNonNull(form, "form");
        envelopes = List.copyOf(envelopes);
        messages = List.copyOf(messages);
    }

    /** Envelopes that no queue brought. */
    static EnvelopeBatch of(boolean single, List<Envelope> envelopes) {
        return new EnvelopeBatch(single ? Form.EVENT : Form.EVENTS, envelopes, List.of());
    }
}
