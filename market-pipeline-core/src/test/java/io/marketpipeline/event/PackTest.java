package io.marketpipeline.event;

import static io.marketpipeline.event.Payloads.TRADE;
import static io.marketpipeline.event.Payloads.bytes;
import static io.marketpipeline.event.Payloads.envelope;
import static io.marketpipeline.event.Payloads.envelopes;
import static io.marketpipeline.event.Payloads.pack;
import static io.marketpipeline.event.Payloads.queue;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackTest {
    private static final String SPACED = "{ \"event_id\" : \"\u00e4\", \"n\":1.50 }";

    @Test
    void decodeWhenPackedKeepsTheExactBytesOfEachEvent() {
        String detail = " {\n \"events\" :\t[ " + TRADE + " ,\n" + SPACED + " ] }";
        EnvelopeBatch batch = EnvelopeDecoder.decode(bytes(envelope("Market \u00e4Quote", detail)));

        assertThat(batch.form()).isEqualTo(EnvelopeBatch.Form.EVENTS);
        assertThat(batch.envelopes())
                .extracting(Envelope::detail)
                .containsExactly(RawData.of(TRADE), RawData.of(SPACED));
        assertThat(batch.envelopes()).allSatisfy(event -> {
            assertThat(event.defect()).isEmpty();
            assertThat(event.detailType()).isEqualTo("Market \u00e4Quote");
            assertThat(event.source()).isEqualTo("market.data");
            assertThat(event.time()).isEqualTo("2026-11-22T20:15:00Z");
        });
    }

    @Test
    void decodeWhenOnePackIsAmongOthersInAnArrayKeepsTheOrder() {
        List<Envelope> all =
                envelopes("[" + envelope(TRADE) + "," + envelope(pack(SPACED, SPACED)) + "," + envelope(SPACED) + "]");

        assertThat(all).extracting(Envelope::id).containsExactly("env-1", "env-1#0", "env-1#1", "env-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"events\":[{}],\"symbol\":\"BAC\"}",
                "{\"symbol\":\"BAC\",\"events\":[{}]}",
                "{\"events\":{}}",
                "{\"events\":\"[\"}",
                "{\"event\":[{}]}",
                "{}"
            })
    void decodeWhenDetailHasMoreOrOtherThanEventsIsOneEvent(String detail) {
        EnvelopeBatch batch = EnvelopeDecoder.decode(bytes(envelope(detail)));

        assertThat(batch.form()).isEqualTo(EnvelopeBatch.Form.EVENT);
        assertThat(batch.envelopes())
                .singleElement()
                .extracting(Envelope::detail)
                .isEqualTo(RawData.of(detail));
    }

    @Test
    void decodeWhenPackIsEmptyRefusesItByName() {
        assertThat(envelopes(envelope(pack()))).singleElement().satisfies(envelope -> assertThat(
                        envelope.defect().orElseThrow().reason())
                .isEqualTo("missing_events"));
    }

    @Test
    void decodeWhenPackHasAsManyEventsAsItMayTakesEach() {
        assertThat(envelopes(envelope(pack(times(TRADE, EnvelopeDecoder.MAX_PACK)))))
                .hasSize(EnvelopeDecoder.MAX_PACK)
                .allSatisfy(event -> assertThat(event.defect()).isEmpty());
    }

    @Test
    void decodeWhenPackHasOneEventTooManyRefusesItAsAWhole() {
        String payload = envelope(pack(times(TRADE, EnvelopeDecoder.MAX_PACK + 1)));

        assertThat(envelopes(payload)).singleElement().satisfies(pack -> {
            assertThat(pack.defect().orElseThrow())
                    .isEqualTo(Rejection.ofField(
                            "too_many_events", "events", "is a pack of 2001; send at most 2000 in one"));
            assertThat(EventDecoder.ofDefaults().decode(pack))
                    .isInstanceOfSatisfying(DecodedEvent.Invalid.class, invalid -> assertThat(invalid.rejections())
                            .containsExactly(pack.problem()));
            assertThat(pack.id()).isEqualTo("env-1");
            assertThat(pack.alone()).isEqualTo(RawData.of(payload));
        });
    }

    @Test
    void decodeWhenManyValuesAreNoPackAfterAllIsOneEvent() {
        String detail = "{\"events\":[" + String.join(",", times("0", 5_000)) + "],\"symbol\":\"BAC\"}";

        assertThat(envelopes(envelope(detail)))
                .singleElement()
                .extracting(Envelope::defect)
                .isEqualTo(Optional.empty());
    }

    private static String[] times(String event, int count) {
        return Collections.nCopies(count, event).toArray(new String[0]);
    }

    @Test
    void decodeWhenOneOfAPackIsNoObjectRefusesOnlyThat() {
        assertThat(envelopes(envelope(pack(TRADE, "7", TRADE))))
                .extracting(envelope -> envelope.defect().isPresent())
                .containsExactly(false, true, false);
    }

    @Test
    void aloneWhenPackedIsAnEnvelopeThatDecodesToTheSameEvent() {
        Envelope second = envelopes(envelope(pack(TRADE, SPACED))).get(1);

        EnvelopeBatch again = EnvelopeDecoder.decode(bytes(second.alone().text()));

        assertThat(again.form()).isEqualTo(EnvelopeBatch.Form.EVENT);
        assertThat(again.envelopes()).singleElement().satisfies(envelope -> {
            assertThat(envelope.detail()).isEqualTo(second.detail());
            assertThat(envelope.id()).isEqualTo("env-1#1");
            assertThat(envelope.source()).isEqualTo(second.source());
            assertThat(envelope.detailType()).isEqualTo(second.detailType());
            assertThat(envelope.time()).isEqualTo(second.time());
        });
    }

    @Test
    void aloneWhenNotPackedIsTheEnvelopeAsItCame() {
        Envelope envelope = Payloads.trade(TRADE);

        assertThat(envelope.alone()).isSameAs(envelope.raw());
    }

    @Test
    void decodeWhenQueueBatchTellsWhichMessageBroughtWhat() {
        EnvelopeBatch batch = EnvelopeDecoder.decode(
                bytes(queue(envelope(SPACED), envelope(pack(TRADE, SPACED)), "no envelope", envelope(TRADE))));

        assertThat(batch.form()).isEqualTo(EnvelopeBatch.Form.QUEUE);
        assertThat(batch.messages())
                .containsExactly(
                        new EnvelopeBatch.Message("m-0", 0, 1),
                        new EnvelopeBatch.Message("m-1", 1, 3),
                        new EnvelopeBatch.Message("m-2", 3, 4),
                        new EnvelopeBatch.Message("m-3", 4, 5));
        assertThat(batch.envelopes().get(0).detail()).isEqualTo(RawData.of(SPACED));
        assertThat(batch.envelopes().get(2).detail()).isEqualTo(RawData.of(SPACED));
        assertThat(batch.envelopes().get(3).raw()).isEqualTo(RawData.of("no envelope"));
        assertThat(batch.envelopes())
                .filteredOn(envelope -> envelope.defect().isPresent())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"messageId\":\"m-0\"}", "{\"messageId\":\"m-0\",\"body\":7}"})
    void decodeWhenMessageHasNoBodyRefusesIt(String record) {
        EnvelopeBatch batch = EnvelopeDecoder.decode(bytes("{\"Records\":[" + record + "]}"));

        assertThat(batch.messages()).containsExactly(new EnvelopeBatch.Message("m-0", 0, 1));
        assertThat(batch.envelopes()).singleElement().satisfies(envelope -> {
            assertThat(envelope.defect()).isPresent();
            assertThat(envelope.raw()).isEqualTo(RawData.of(record));
        });
    }

    @Test
    void decodeWhenMessageHasNoIdLeavesItEmptySoThatTheWholeBatchComesAgain() {
        assertThat(EnvelopeDecoder.decode(bytes("{\"Records\":[7]}")).messages())
                .containsExactly(new EnvelopeBatch.Message("", 0, 1));
    }
}
