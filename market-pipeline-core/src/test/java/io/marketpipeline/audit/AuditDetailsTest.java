package io.marketpipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.marketpipeline.event.RawData;
import io.marketpipeline.event.Rejection;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditDetailsTest {
    @Test
    void toJsonKeepsDecimalsAndLeavesOutNulls() {
        assertThat(new AuditDetails()
                        .put("price", new BigDecimal("13.9400"))
                        .put("none", (String) null)
                        .put("at", 5L)
                        .toJson())
                .isEqualTo("{\"price\":13.9400,\"at\":5}");
    }

    @Test
    void rawWhenLongIsCutAndItsLengthKept() {
        String json = new AuditDetails().raw(RawData.of("x".repeat(10_000))).toJson();

        assertThat(json).hasSizeLessThan(AuditDetails.MAX_RAW_BYTES + 50).endsWith("\"raw_length\":10000}");
    }

    @Test
    void rejectionsKeepsReasonFieldAndMessage() {
        assertThat(new AuditDetails()
                        .rejections(List.of(
                                Rejection.ofField("missing_symbol", "symbol", "is missing"), Rejection.of("x", "y\n")))
                        .toJson())
                .isEqualTo("{\"rejections\":[{\"reason\":\"missing_symbol\",\"field\":\"symbol\",\"message\":"
                        + "\"symbol is missing\"},{\"reason\":\"x\",\"message\":\"y\\n\"}]}");
    }

    @Test
    void putWhenCutDividesNoCharacter() {
        String longest = "x".repeat(AuditDetails.MAX_TEXT - 1);

        assertThat(new AuditDetails().put("a", longest + "\uD83D\uDE00 tail").toJson())
                .isEqualTo("{\"a\":\"" + longest + "\"}");
        assertThat(new AuditDetails()
                        .put("a", longest.substring(1) + "\uD83D\uDE00 tail")
                        .toJson())
                .isEqualTo("{\"a\":\"" + longest.substring(1) + "\uD83D\uDE00\"}");
    }

    @Test
    void textWithHalfAPairHasAReplacementForIt() {
        assertThat(new AuditDetails()
                        .put("a", "\uDE00\uD83D\uDE00\uD83D")
                        .rejections(List.of(new Rejection("\uD83D", "\uD83D", "\uD83D")))
                        .toJson())
                .isEqualTo("{\"a\":\"\uFFFD\uD83D\uDE00\uFFFD\",\"rejections\":[{\"reason\":\"\uFFFD\","
                        + "\"field\":\"\uFFFD\",\"message\":\"\uFFFD\"}]}");
    }

    @Test
    void putOfWhatIsNeitherTextNorNumberIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuditDetails().put("status", AuditStatus.SUCCESS))
                .withMessage("status must be a text or a finite number, not SUCCESS of class"
                        + " io.marketpipeline.audit.AuditStatus");
    }

    /** JSON has no such numbers: details with one could be read by nobody. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void putOfANumberThatJsonDoesNotHaveIsRefused(double number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuditDetails().put("spread", number))
                .withMessage("spread must be a text or a finite number, not " + number + " of class java.lang.Double");
    }
}
