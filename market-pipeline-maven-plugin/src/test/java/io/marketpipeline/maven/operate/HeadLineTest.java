package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.audit.ChainHead;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports that earlier versions wrote must be read for as long as the records are kept. */
class HeadLineTest {
    private static final ChainHead PLAIN = new ChainHead("w-1", 42, "ab", List.of());
    private static final ChainHead SKIPPING = new ChainHead("w-1", 42, "ab", List.of(40L, 41L));

    @Test
    void lineIsWhatItHasAlwaysBeen() {
        assertThat(HeadLine.of(PLAIN))
                .isEqualTo("{\"auditChain\":{\"writerId\":\"w-1\",\"number\":42,\"sha256\":\"ab\"}}");
        assertThat(HeadLine.of(SKIPPING))
                .isEqualTo(
                        "{\"auditChain\":{\"writerId\":\"w-1\",\"number\":42,\"sha256\":\"ab\",\"skipped\":[40,41]}}");
    }

    @Test
    void lineIsReadAsWritten() {
        assertThat(HeadLine.read(HeadLine.of(PLAIN))).contains(PLAIN);
        assertThat(HeadLine.read(HeadLine.of(SKIPPING))).contains(SKIPPING);
    }

    @Test
    void lineOfTheFunctionIsReadWithItsOtherFields() {
        assertThat(HeadLine.read("{\"timestamp\":\"2026-11-22T14:30:00Z\",\"requestId\":\"r\","
                        + "\"auditChain\":{\"writerId\":\"w-1\",\"number\":42,\"sha256\":\"ab\"}}"))
                .contains(PLAIN);
    }

    @Test
    void otherLinesAreNone() {
        assertThat(HeadLine.read("{\"message_id\":\"m\",\"deleted\":true}")).isEmpty();
        assertThat(HeadLine.read("{\"message\":\"\\\"auditChain\\\"\"}")).isEmpty();
        assertThat(HeadLine.read("{\"auditChain\":\"w-1\"}")).isEmpty();
        assertThat(HeadLine.read("START auditChain")).isEmpty();
        assertThat(HeadLine.read("")).isEmpty();
    }
}
