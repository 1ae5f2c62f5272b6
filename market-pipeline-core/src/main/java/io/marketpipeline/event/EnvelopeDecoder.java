package io.marketpipeline.event;

import java.util.List;

/**
 * Finds the envelopes in a payload: one EventBridge envelope, an array of them, or a batch of a queue's messages with an
 * envelope as body. {@code detail} isn't looked into but for telling a pack, whose events become envelopes of their own; its
 * bytes stay as they came. Never throws: what can't be read, or has no envelope, becomes a defective one, so that nothing is
 * lost.
 */
public final class EnvelopeDecoder {
    /**
     * Most events in a pack; one with more is refused as a whole. The smallest values fit into an entry by the hundred
     * thousand, and each would cost an audit record and a dead letter. Twice as many as trades fill a request with, so that
     * no real pack comes near it; the publisher keeps to it, too.
     */
    public static final int MAX_PACK = 2_000;

    /** The id may become an event's key; see {@link DetailFields}. */
    static final int MAX_TEXT = 512;

    static final int MAX_ACCOUNT = 64;

    private EnvelopeDecoder() {}

    /**
     * Decodes a payload.
     *
     * @param payload UTF-8 JSON; must not be changed afterwards
     */
    public static EnvelopeBatch decode(byte[] payload) {
        RawData whole = RawData.of(payload, 0, payload.length);
        Envelope plain = PlainEnvelope.read(whole);
        if (plain != null) {
            return EnvelopeBatch.of(true, List.of(plain));
        }
        return ParsedEnvelopes.decode(whole);
    }
}
