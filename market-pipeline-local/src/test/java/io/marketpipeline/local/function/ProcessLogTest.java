package io.marketpipeline.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.local.function.runtime.FunctionOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a function's error says, such as a part of an event, is one event of its log and nothing else. */
class ProcessLogTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\u2028", "\u0085", "\u001b[2K", "\u001f", "\f"})
    void messageOfAnErrorStaysOneEventOfTheLog(String lineEnd) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FunctionOutput output = new FunctionOutput(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        output.message("bad event" + lineEnd + "START RequestId: forged" + lineEnd + "\u001eEr-1");
        output.end("r-1");
        List<String> events = new ArrayList<>();
        ProcessLog log = new ProcessLog(events::add, true);

        log.begin("START RequestId: r-1");
        log.platform("END RequestId: r-1");
        log.read(new ByteArrayInputStream(bytes.toByteArray()));

        assertThat(events)
                .hasSize(3)
                .startsWith("START RequestId: r-1")
                .endsWith("END RequestId: r-1")
                .element(1)
                .asString()
                .startsWith("bad event");
    }

    /** The mark behind it was taken for text, so that each later platform line came one invocation late. */
    @Test
    void textWithoutALinesEndIsAnEventBeforeTheMark() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        FunctionOutput output = new FunctionOutput(out);
        out.print("price 5");
        output.message("failed");
        out.print("price 6");
        output.end("r-1");
        List<String> events = new ArrayList<>();
        ProcessLog log = new ProcessLog(events::add, true);
        log.begin("START");
        log.platform("END");

        log.read(new ByteArrayInputStream(bytes.toByteArray()));

        assertThat(events).containsExactly("START", "price 5", "failed", "price 6", "END");
    }
}
