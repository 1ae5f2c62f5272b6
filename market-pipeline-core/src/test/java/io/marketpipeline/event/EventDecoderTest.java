package io.marketpipeline.event;

import static io.marketpipeline.event.Payloads.TRADE;
import static io.marketpipeline.event.Payloads.envelope;
import static io.marketpipeline.event.Payloads.envelopes;
import static io.marketpipeline.event.Payloads.trade;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
    private static final EventDecoder DECODER = EventDecoder.ofDefaults();

    private static MarketEvent valid(Envelope envelope) {
        DecodedEvent decoded = DECODER.decode(envelope);
        assertThat(decoded).isInstanceOf(DecodedEvent.Valid.class);
        return ((DecodedEvent.Valid) decoded).event();
    }

    private static DecodedEvent.Invalid invalid(EventDecoder decoder, Envelope envelope) {
        DecodedEvent decoded = decoder.decode(envelope);
        assertThat(decoded).isInstanceOf(DecodedEvent.Invalid.class);
        return (DecodedEvent.Invalid) decoded;
    }

    private static List<String> reasons(Envelope envelope) {
        return invalid(DECODER, envelope).rejections().stream()
                .map(Rejection::reason)
                .toList();
    }

    private static Envelope with(String detailType, String fields) {
        return envelopes(envelope(
                        detailType, ("{'event_id':'e','exchange':'X','symbol':'S'," + fields + "}").replace('\'', '"')))
                .get(0);
    }

    @Test
    void decodeWhenTradeKeepsDecimalsTimeAndBytes() {
        MarketEvent event = valid(trade(TRADE));

        assertThat(event.kind()).isEqualTo(EventKind.TRADE);
        assertThat(event.eventId()).isEqualTo("e-1");
        assertThat(event.eventTimeMillis()).isEqualTo(1381132800614L);
        assertThat(event.eventTimeNanos()).isZero();
        assertThat(event.price()).isEqualTo(new BigDecimal("13.9400"));
        assertThat(event.volume()).isEqualTo(new BigDecimal("500"));
        assertThat(event.sequence()).isEqualTo(1);
        assertThat(event.rawData().text()).isEqualTo(TRADE);
        assertThat(event.rawData().sha256()).hasSize(64);
    }

    @Test
    void decodeWhenAllTapeFieldsAreThereKeepsThem() {
        MarketEvent event = valid(with(
                "Trade Update",
                "'price':'1.5','volume':'2','trade_id':77,'ref_event_id':'e0','conditions':['A','B'],'side':'BUY',"
                        + "'currency':'USD','tape':'C','publish_time':1381132800614,'foreign':{'a':[1]}"));

        assertThat(event.tradeId()).isEqualTo("77");
        assertThat(event.refEventId()).isEqualTo("e0");
        assertThat(event.conditions()).isEqualTo("A,B");
        assertThat(event.side()).isEqualTo("BUY");
        assertThat(event.currency()).isEqualTo("USD");
        assertThat(event.tape()).isEqualTo("C");
        assertThat(event.price()).isEqualTo("1.5");
        assertThat(event.publishTimeMillis()).isEqualTo(1381132800614L);
    }

    @Test
    void decodeWhenIdentityAndTimeAreMissingTakesTheEnvelopes() {
        MarketEvent event =
                valid(trade("{\"exchange\":\"NYSE\",\"symbol\":\"AAPL\",\"price\":150.25,\"volume\":1000}"));

        assertThat(event.eventId()).isEqualTo("env-1");
        assertThat(event.eventTimeMillis()).isEqualTo(1795378500000L);
    }

    @Test
    void decodeWhenIdentityIsSeveralFieldsJoinsThemWithoutCollision() {
        EventDecoder decoder = EventDecoder.builder()
                .identity(List.of("detail_type", "exchange", "symbol", "session_date", "trade_id"))
                .build();

        assertThat(
                        decoder.decode(
                                trade(
                                        """
                {"exchange":"X|Y","symbol":"S","session_date":"2013-10-07","trade_id":5,"price":1,"volume":1}""")))
                .isInstanceOfSatisfying(
                        DecodedEvent.Valid.class,
                        valid -> assertThat(valid.event().eventId()).isEqualTo("Trade Execution|X%7CY|S|2013-10-07|5"));
        assertThat(decoder.decode(trade(TRADE))).isInstanceOfSatisfying(DecodedEvent.Valid.class, valid -> assertThat(
                        valid.event().eventId())
                .isEqualTo("env-1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'bid_price':13.91,'bid_size':16800",
                "'ask_price':13.92,'ask_size':22000",
                "'bid_price':2,'ask_price':1",
                "'bid_price':1,'ask_price':1,'bid_size':0",
                "'bid_price':1,'ask_price':null,'ask_size':null"
            })
    void decodeWhenQuoteHasASideIsValid(String fields) {
        MarketEvent event = valid(with("Market Quote", fields));

        assertThat(event.kind()).isEqualTo(EventKind.QUOTE);
        assertThat(event.price()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Market Quote   | 'x':1                            | missing_quote_side",
                "Market Quote   | 'bid_size':5                     | missing_bid_price",
                "Market Quote   | 'ask_price':1,'ask_size':-5      | invalid_ask_size",
                "Trade Execution| 'volume':1                       | missing_price",
                "Trade Execution| 'price':1                        | missing_volume",
                "Trade Execution| 'price':null,'volume':1          | missing_price",
                "Trade Execution| 'price':'','volume':1            | missing_price",
                "Trade Execution| 'price':'abc','volume':1         | invalid_price",
                "Trade Execution| 'price':'NaN','volume':1         | invalid_price",
                "Trade Execution| 'price':'Infinity','volume':1    | invalid_price",
                "Trade Execution| 'price':true,'volume':1          | invalid_price",
                "Trade Execution| 'price':{'a':1},'volume':1       | invalid_price",
                "Trade Execution| 'price':1e999999999,'volume':1   | invalid_price",
                "Trade Execution| 'price':1e-999999999,'volume':1  | invalid_price",
                "Trade Execution| 'price':1e126,'volume':1         | invalid_price",
                "Trade Execution| 'price':1e-131,'volume':1        | invalid_price",
                "Trade Execution| 'price':1,'volume':-1            | invalid_volume",
                "Trade Execution| 'price':1,'volume':1,'sequence':1.5          | invalid_sequence",
                "Trade Execution| 'price':1,'volume':1,'event_time':'yesterday'| invalid_event_time",
                "Trade Execution| 'price':1,'volume':1,'event_time':12345      | invalid_event_time",
                "Trade Execution| 'price':1,'volume':1,'event_time':{}         | invalid_event_time",
                "Trade Execution| 'price':1,'volume':1,'side':5                | invalid_side",
                "Trade Execution| 'price':1,'volume':1,'price':2               | duplicate_field",
                "Trade Execution| 'price':1,'volume':1,'foreign':1,'foreign':2 | duplicate_field",
                "Trade Execution| 'price':1,'volume':1,'tape':'a\\u0000b'      | invalid_tape",
                "Price Update   | 'volume':1                       | missing_price",
                "Weather Report | 'price':1                        | unknown_detail_type"
            })
    void decodeWhenFieldIsWrongGivesItsReason(String detailType, String fields, String reason) {
        assertThat(reasons(with(detailType, fields))).containsExactly(reason);
    }

    @Test
    void decodeWhenManyFieldsAreWrongNamesAll() {
        DecodedEvent.Invalid invalid =
                invalid(DECODER, trade("{\"event_id\":\"e-9\",\"symbol\":\" \",\"price\":\"x\",\"volume\":[]}"));

        assertThat(invalid.eventId()).isEqualTo("e-9");
        assertThat(invalid.timestampMillis()).isEqualTo(1795378500000L);
        assertThat(invalid.rejections())
                .extracting(Rejection::reason)
                .containsExactlyInAnyOrder("invalid_price", "invalid_volume", "missing_symbol", "missing_exchange");
    }

    @Test
    void decodeWhenIdentityWouldExceedAKeyIsRefused() {
        String id = "\u20ac".repeat(513);

        assertThat(reasons(trade(TRADE.replace("e-1", id)))).containsExactly("invalid_event_id");
        assertThat(valid(trade(TRADE.replace("e-1", id.substring(1)))).eventId())
                .hasSize(512);
    }

    @Test
    void decodeWhenTradeOnlyRefersToAnotherNeedsNoPrice() {
        assertThat(valid(with("Trade Update", "'ref_event_id':'e-0'")).price()).isNull();
    }

    @Test
    void decodeWhenNumberHas38DigitsKeepsEachAndRefusesA39th() {
        String digits = "1234567890123456789.0123456789012345678";

        assertThat(valid(with("Price Update", "'price':" + digits)).price()).isEqualTo(new BigDecimal(digits));
        assertThat(reasons(with("Price Update", "'price':" + digits + "9"))).containsExactly("invalid_price");
    }

    @Test
    void decodeWhenNumberHasAMillionDigitsIsRefusedAtOnce() {
        String digits = "9".repeat(1_000_000);

        assertThat(org.junit.jupiter.api.Assertions.assertTimeout(
                        Duration.ofSeconds(5), () -> reasons(with("Price Update", "'price':" + digits))))
                .containsExactly("invalid_price");
        assertThat(valid(with("Price Update", "'price':1,'foreign':" + digits))).isNotNull();
    }

    @Test
    void decodeWhenNegativePricesAreLimitedRefusesThoseOfOtherSymbols() {
        EventDecoder decoder =
                EventDecoder.builder().negativePrices("CL"::equals).build();
        Envelope negative = with("Price Update", "'price':-37.63");

        assertThat(valid(negative).price()).isEqualTo("-37.63");
        assertThat(invalid(decoder, negative).rejections()).singleElement().satisfies(r -> assertThat(r.reason())
                .isEqualTo("negative_price"));
    }

    @Test
    void decodeWhenDetailIsNestedTooDeepIsRefusedWithItsIdentity() {
        DecodedEvent.Invalid invalid =
                invalid(DECODER, with("Price Update", "'price':1,'a':" + "[".repeat(40) + "]".repeat(40)));

        assertThat(invalid.eventId()).isEqualTo("e");
        assertThat(invalid.rejections().get(0).reason()).isEqualTo("malformed");
    }

    @Test
    void decodeWhenNothingIsReadableHasTheSameIdEachTime() {
        Envelope broken = envelopes("no json").get(0);

        assertThat(invalid(DECODER, broken).eventId())
                .startsWith("unreadable-")
                .isEqualTo(invalid(DECODER, envelopes("no json").get(0)).eventId());
        assertThat(invalid(DECODER, broken).detailType()).isEqualTo("unknown");
    }

    @Test
    void decodeWhenDetailTypesAreConfiguredTakesThoseOnly() {
        EventDecoder decoder = EventDecoder.builder()
                .detailTypes(Map.of("Weather Report", EventKind.PRICE))
                .build();

        assertThat(decoder.decode(with("Weather Report", "'price':1"))).isInstanceOf(DecodedEvent.Valid.class);
        assertThat(decoder.knows("Trade Execution")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u2028b", "a\u001b[31mb"})
    void decodeWhenValueForgesLinesEscapesItInTheMessage(String value) {
        String json = value.replace("\n", "\\n").replace("\u001b", "\\u001b");

        assertThat(invalid(DECODER, with("Price Update", "'price':'" + json + "'"))
                        .rejections()
                        .get(0)
                        .message())
                .matches("[ -~]*")
                .contains("\\u");
    }

    @Test
    void decodeWhenValueIsLongShortensItInTheMessage() {
        assertThat(invalid(DECODER, with("Price Update", "'price':'" + "x".repeat(10_000) + "'"))
                        .rejections()
                        .get(0)
                        .message())
                .hasSizeLessThan(300);
    }
}
