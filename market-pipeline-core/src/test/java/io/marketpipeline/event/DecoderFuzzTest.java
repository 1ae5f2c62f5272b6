package io.marketpipeline.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * Nearly all events are read a quick way, and the rest by a parser; both must say the same of any bytes. Each input is
 * decoded as it is and with a field that nobody reads, once in the envelope and once in the detail; that field's name is
 * written with an escape, which the quick way leaves to the parser. As a test it runs the kept inputs; with
 * {@code JAZZER_FUZZ=1} it looks for new ones (docs/security.md).
 */
class DecoderFuzzTest {
    private static final EventDecoder DECODER = EventDecoder.ofDefaults();
    private static final byte[] FOR_THE_PARSER = "\"unread\\u0031\":0".getBytes(US_ASCII);

    @FuzzTest(maxDuration = "10m")
    @Timeout(value = 12, unit = TimeUnit.MINUTES) // the build's own limit would end a search that found nothing
    void quickWayAndParserSayTheSame(byte[] payload) {
        if (payload.length < 2 || payload[0] != '{' || payload[payload.length - 1] != '}') {
            return; // never read the quick way
        }
        String text = new String(payload, ISO_8859_1);
        if (text.contains("unread1") || text.contains("\\u")) {
            return; // has the added field's name itself, or may: then it would be there twice
        }
        EnvelopeBatch batch = EnvelopeDecoder.decode(payload);
        List<Object> said = said(batch);

        requireSame(said, said(EnvelopeDecoder.decode(withField(payload, 0, payload.length))));

        RawData detail =
                batch.envelopes().size() == 1 ? batch.envelopes().get(0).detail() : null;
        if (detail != null && detail.array() == payload && payload[detail.offset()] == '{') {
            byte[] changed = withField(payload, detail.offset(), detail.length());
            requireSame(said, said(EnvelopeDecoder.decode(changed)));
        }
    }

    /** The payload with one field more at the end of the object at a place. */
    private static byte[] withField(byte[] payload, int offset, int length) {
        int end = offset + length - 1;
        int last = end - 1;
        while (last > offset
                && (payload[last] == ' ' || payload[last] == '\t' || payload[last] == '\n' || payload[last] == '\r')) {
            last--;
        }
        boolean empty = last == offset;
        byte[] changed = Arrays.copyOf(payload, payload.length + FOR_THE_PARSER.length + (empty ? 0 : 1));
        int to = end;
        if (!empty) {
            changed[to++] = ',';
        }
        System.arraycopy(FOR_THE_PARSER, 0, changed, to, FOR_THE_PARSER.length);
        System.arraycopy(payload, end, changed, to + FOR_THE_PARSER.length, payload.length - end);
        return changed;
    }

    /** All that is decoded but the bytes themselves and what is made of them. */
    private static List<Object> said(EnvelopeBatch batch) {
        return List.of(
                batch.form(),
                batch.messages(),
                batch.envelopes().stream().map(DecoderFuzzTest::said).toList());
    }

    private static List<Object> said(Envelope envelope) {
        Object decoded = DECODER.decode(envelope);
        if (decoded instanceof DecodedEvent.Valid valid) {
            decoded = valid.event().toBuilder().rawData(RawData.empty()).build();
        } else if (decoded instanceof DecodedEvent.Invalid invalid) {
            String id = invalid.eventId().startsWith("unreadable-") ? "unreadable" : invalid.eventId();
            List<List<String>> reasons = invalid.rejections().stream()
                    .map(rejection -> List.of(rejection.reason(), String.valueOf(rejection.field())))
                    .toList();
            decoded = List.of(id, invalid.detailType(), invalid.timestampMillis(), reasons);
        }
        return Arrays.asList(
                envelope.id(),
                envelope.source(),
                envelope.detailType(),
                envelope.time(),
                envelope.account(),
                envelope.detail() == null,
                envelope.packed(),
                decoded);
    }

    private static void requireSame(List<Object> said, List<Object> otherwise) {
        if (!said.equals(otherwise)) {
            throw new AssertionError("said: " + said + "\nbut by the parser: " + otherwise);
        }
    }
}
