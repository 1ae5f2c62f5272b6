package io.marketpipeline.event;

import java.util.List;

/**
 * The envelopes of one payload.
 *
 * @param envelopes in the payload's order; some may be defective
 * @param array whether the payload was an array, which decides the form of the answer
 */
public record EnvelopeBatch(List<Envelope> envelopes, boolean array) {
    public EnvelopeBatch {
        envelopes = List.copyOf(envelopes);
    }
}
