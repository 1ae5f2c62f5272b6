package io.marketpipeline.deadletter;

import io.marketpipeline.event.RawData;
import io.marketpipeline.schema.DeadLetterAttributes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a message that SQS carries: the envelope as the body, the reason as message attributes of type
 * {@code String} ({@link DeadLetterAttributes}). Immutable.
 *
 * @param body the envelope as it came; in Base64, and marked so, where SQS can't carry it as text; compressed besides where
 *     the message would be too large
 * @param attributes by name, none of them empty
 */
public record DeadLetterMessage(String body, Map<String, String> attributes) {
    /** Bytes that SQS takes of a message, attributes included (SQS API reference, SendMessage: 1 MiB). */
    public static final int MAX_SIZE = 1 << 20;

    /** Data type of the attributes. */
    public static final String TYPE = "String";

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
        DeadLetterMessage plain = new DeadLetterMessage(body(letter.envelope(), attributes), attributes);
        return plain.size() <= MAX_SIZE ? plain : compressed(letter.envelope(), attributes);
    }

    /** JSON shrinks to a fraction, so that hardly an event is left that no message can hold. */
    private static DeadLetterMessage compressed(RawData envelope, Map<String, String> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WritableByteChannel zip = Channels.newChannel(new GZIPOutputStream(bytes))) {
            int unused = zip.write(envelope.buffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        put(attributes, DeadLetterAttributes.BODY_ENCODING, DeadLetterAttributes.GZIP_BASE64);
        return new DeadLetterMessage(Base64.getEncoder().encodeToString(bytes.toByteArray()), attributes);
    }

    /** Bytes as SQS counts them: the body, and name, type and value of each attribute. */
    public int size() {
        int size = utf8(body);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            size += utf8(attribute.getKey()) + TYPE.length() + utf8(attribute.getValue());
        }
        return size;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
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
