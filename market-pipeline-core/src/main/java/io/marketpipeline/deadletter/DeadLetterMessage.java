package io.marketpipeline.deadletter;

import io.marketpipeline.event.RawData;
import io.marketpipeline.schema.DeadLetterAttributes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a message that SQS carries: the envelope as the body, the reason as message attributes of type
 * {@code String} ({@link DeadLetterAttributes}). Immutable.
 *
 * @param body the envelope as it came; in Base64, and marked so, where SQS can't carry it as text
 * @param attributes by name, none of them empty
 */
public record DeadLetterMessage(String body, Map<String, String> attributes) {
    private static final int MAX_ATTRIBUTE = 1024;

    public DeadLetterMessage {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The message of a letter. */
    public static DeadLetterMessage of(DeadLetter letter) {
        Map<String, String> attributes = new LinkedHashMap<>();
        put(attributes, DeadLetterAttributes.REASON, letter.rejection().reason());
        put(attributes, DeadLetterAttributes.FIELD, letter.rejection().field());
        put(attributes, DeadLetterAttributes.MESSAGE, letter.rejection().message());
        put(attributes, DeadLetterAttributes.EVENT_ID, letter.eventId());
        put(attributes, DeadLetterAttributes.DETAIL_TYPE, letter.detailType());
        put(attributes, DeadLetterAttributes.REQUEST_ID, letter.requestId());
        return new DeadLetterMessage(body(letter.envelope(), attributes), attributes);
    }

    private static String body(RawData envelope, Map<String, String> attributes) {
        String text = envelope.text();
        if (envelope.isUtf8() && SqsText.isCarried(text)) {
            return text.isEmpty() ? " " : text; // SQS takes no empty body
        }
        put(attributes, DeadLetterAttributes.BODY_ENCODING, DeadLetterAttributes.BASE64);
        ByteBuffer encoded = Base64.getEncoder().encode(envelope.buffer());
        return StandardCharsets.US_ASCII.decode(encoded).toString();
    }

    private static void put(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(name, SqsText.carried(value, MAX_ATTRIBUTE));
        }
    }
}
