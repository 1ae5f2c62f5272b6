package io.marketpipeline.event;

import static io.marketpipeline.event.Payloads.TRADE;
import static io.marketpipeline.event.Payloads.bytes;
import static io.marketpipeline.event.Payloads.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeDecoderTest {
    @Test
    void decodeWhenOneEnvelopeReadsItsFields() {
        EnvelopeBatch batch = EnvelopeDecoder.decode(bytes(envelope(TRADE)));

        assertThat(batch.form()).isEqualTo(EnvelopeBatch.Form.EVENT);
        Envelope envelope = batch.envelopes().get(0);
        assertThat(envelope.defect()).isEmpty();
        assertThat(envelope.id()).isEqualTo("env-1");
        assertThat(envelope.source()).isEqualTo("market.data");
        assertThat(envelope.detailType()).isEqualTo("Trade Execution");
        assertThat(envelope.time()).isEqualTo("2026-11-22T20:15:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ \"a\" : [1, {\"b\": \"}\"}] ,\n\t\"c\":null }",
                "{\"s\":\"\u00e4\u20ac\ud83d\ude00 \\u2028 \\\"}\"}",
                "{\"price\":13.9400,\"n\":1e5}"
            })
    void decodeWhenWrittenInAnyWayKeepsTheExactBytesOfDetail(String detail) {
        String payload = "[ " + envelope(detail) + " ,\n" + envelope("Market \u00e4Quote", detail) + " ] ";

        EnvelopeBatch batch = EnvelopeDecoder.decode(bytes(payload));

        assertThat(batch.form()).isEqualTo(EnvelopeBatch.Form.EVENTS);
        assertThat(batch.envelopes()).hasSize(2).allSatisfy(e -> {
            assertThat(e.detail()).isEqualTo(RawData.of(detail));
            assertThat(e.defect()).isEmpty();
        });
        assertThat(batch.envelopes().get(0).raw()).isEqualTo(RawData.of(envelope(detail)));
        assertThat(batch.envelopes().get(1).raw()).isEqualTo(RawData.of(envelope("Market \u00e4Quote", detail)));
    }

    @Test
    void decodeWhenPayloadBeginsWithAByteOrderMarkIsMalformed() {
        assertThat(EnvelopeDecoder.decode(bytes("\uFEFF" + envelope(TRADE)))
                        .envelopes()
                        .get(0)
                        .defect())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "not json", "{\"id\":", "{} {}", "[{}", "{\"id\":\"a\\x\"}", "{\"a\":NaN}"})
    void decodeWhenNotJsonIsOneMalformedEnvelopeWithAllBytes(String payload) {
        EnvelopeBatch batch = EnvelopeDecoder.decode(bytes(payload));

        assertThat(batch.envelopes()).singleElement().satisfies(envelope -> {
            assertThat(envelope.defect().orElseThrow().reason()).isEqualTo(RejectionReasons.MALFORMED);
            assertThat(envelope.raw()).isEqualTo(RawData.of(payload));
        });
    }

    @Test
    void decodeWhenUtf16IsMalformed() {
        byte[] utf16 = envelope(TRADE).getBytes(StandardCharsets.UTF_16LE);

        assertThat(EnvelopeDecoder.decode(utf16).envelopes().get(0).defect()).isPresent();
    }

    @Test
    void decodeWhenNestedWithoutEndIsMalformed() {
        String payload = envelope("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");

        assertThat(EnvelopeDecoder.decode(bytes(payload)).envelopes().get(0).defect())
                .isPresent();
    }

    @Test
    void decodeWhenOneElementIsNoObjectKeepsTheOthers() {
        EnvelopeBatch batch = EnvelopeDecoder.decode(bytes("[1.50," + envelope(TRADE) + ", \"a\\\"b\" ,[1, 2],null]"));

        assertThat(batch.envelopes()).hasSize(5);
        assertThat(batch.envelopes().get(1).defect()).isEmpty();
        assertThat(batch.envelopes())
                .extracting(e -> e.raw().text())
                .containsExactly("1.50", envelope(TRADE), "\"a\\\"b\"", "[1, 2]", "null");
        assertThat(batch.envelopes()).filteredOn(e -> e.defect().isPresent()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':'a'}|missing_detail",
                "{'id':'a','detail':5}|invalid_detail",
                "{'id':'a','detail':null}|invalid_detail",
                "{'id':7,'detail':{}}|invalid_id",
                "{'id':'a','id':'b','detail':{}}|duplicate_field",
                "{'detail':{},'detail':{}}|duplicate_field",
                "{'time':{},'detail':{}}|invalid_time",
                "{'source':'a\\u0007b','detail':{}}|invalid_source",
                "{'detail-type':'\\ud800','detail':{}}|invalid_detail-type",
            })
    void decodeWhenFieldIsWrongNamesIt(String payload, String reason) {
        Envelope envelope = EnvelopeDecoder.decode(bytes(payload.replace('\'', '"')))
                .envelopes()
                .get(0);

        assertThat(envelope.defect().orElseThrow().reason()).isEqualTo(reason);
    }

    @Test
    void decodeWhenDetailIsNotUtf8IsRefused() {
        byte[] payload = envelope("{\"s\":\"?\"}").getBytes(StandardCharsets.ISO_8859_1);
        payload[new String(payload, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xE4;

        assertThat(EnvelopeDecoder.decode(payload).envelopes().get(0).defect()).isPresent();
    }

    /** Jackson fills up the last bytes of a name with 0xFF, and then finds the name without them. */
    @Test
    void nameWithAByteThatIsNoTextIsNotTakenForOneThatWasMetBefore() {
        String payload = "{\"x\":[{}],\"id\":\"a\",\"detail\":{\"event_time\":1100}}";
        byte[] broken = payload.replace("event_time", "event_ti\u00ffme").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(EnvelopeDecoder.decode(payload.getBytes(StandardCharsets.UTF_8))
                        .envelopes()
                        .get(0)
                        .problem())
                .isNull();
        assertThat(EnvelopeDecoder.decode(broken).envelopes().get(0).problem().message())
                .contains("not UTF-8");
    }

    @Test
    void recordsOfAQueueBesideADetailAreReadAsAQueue() {
        String records = "{\"Records\":[{\"messageId\":\"m\",\"body\":\"{}\"}],\"detail\":{\"symbol\":\"BAC\"}}";

        assertThat(EnvelopeDecoder.decode(bytes(records)).form()).isEqualTo(EnvelopeBatch.Form.QUEUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " [ ] ", "{\"Records\":[]}", "{\"Records\":[],\"detail\":{\"symbol\":\"BAC\"}}"})
    void decodeWhenThereIsNoEnvelopeIsMalformedAsAnEventAndAsAQueuesMessage(String payload) {
        String message = "{\"Records\":[{\"messageId\":\"m\",\"body\":\"" + payload.replace("\"", "\\\"") + "\"}]}";

        EnvelopeBatch queue = EnvelopeDecoder.decode(bytes(message));

        assertThat(List.of(EnvelopeDecoder.decode(bytes(payload)), queue))
                .allSatisfy(
                        batch -> assertThat(batch.envelopes()).singleElement().satisfies(envelope -> {
                            assertThat(envelope.defect().orElseThrow().reason()).isEqualTo(RejectionReasons.MALFORMED);
                            assertThat(envelope.raw()).isEqualTo(RawData.of(payload));
                        }));
        assertThat(queue.form()).isEqualTo(EnvelopeBatch.Form.QUEUE);
        assertThat(queue.messages()).containsExactly(new EnvelopeBatch.Message("m", 0, 1));
    }
}
