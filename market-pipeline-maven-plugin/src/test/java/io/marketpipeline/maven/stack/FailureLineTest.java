package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureLineTest {
    /** Cut to its first 160 characters, the line named neither event nor cause. */
    @Test
    void ownLineNamesEventAndProblem() {
        assertThat(FailureLine.words("{\"timestamp\":\"2026-11-29T21:23:54.472976391Z\",\"level\":\"ERROR\","
                        + "\"message\":\"event failed\",\"requestId\":\"66fb8112-d0b2-48cb-9da4-71e1b0f545d6\","
                        + "\"outcome\":\"ERROR\",\"eventId\":\"tape:trade:BAC:7\",\"detailType\":\"Trade Execution\","
                        + "\"eventTime\":1381152688834,\"problem\":\"the row wasn't stored: table gone\"}"))
                .isEqualTo("event failed, tape:trade:BAC:7: the row wasn't stored: table gone");
    }

    @Test
    void ownLineWithoutAnEventIsItsMessage() {
        assertThat(FailureLine.words("{\"level\":\"ERROR\",\"message\":\"out of ideas\"}"))
                .isEqualTo("out of ideas");
    }

    @Test
    void lineOfThePlatformStaysAsItIs() {
        assertThat(FailureLine.words("2026-11-29T21:23:54Z 66fb8112 Task timed out after 5.00 seconds"))
                .isEqualTo("2026-11-29T21:23:54Z 66fb8112 Task timed out after 5.00 seconds");
        assertThat(FailureLine.words("{\"message\"")).isEqualTo("{\"message\"");
        assertThat(FailureLine.words("[1]")).isEqualTo("[1]");
        assertThat(FailureLine.words("")).isEmpty();
    }
}
