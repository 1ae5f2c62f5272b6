package io.marketpipeline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.http.JsonObject;
import io.marketpipeline.puts.ExistingItem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExistingItemJsonTest {
    @Test
    void itemOfEveryTypeIsRead() {
        String body =
                """
                {"__type":"x#ConditionalCheckFailedException","message":null,"Item":{
                "s":{"S":""},"n":{"N":"1.50"},"yes":{"BOOL":true},"no":{"BOOL":false},"b":{"B":"eA=="},"null":{"NULL":true},
                "l":{"L":[{"S":"a"},{"NULL":true},{"N":"2"},{"L":[]}]},"m":{"M":{"x":{"N":"3"},"y":{"M":{}}}},
                "ss":{"SS":["a","b"]},"ns":{"NS":["1","2.0"]},"bs":{"BS":["eA=="]}}}""";

        assertThat(ExistingItemJson.read(JsonObject.read(body.getBytes(StandardCharsets.UTF_8))))
                .isNotNull()
                .satisfies(item -> assertThat(item.attributes())
                        .isEqualTo(Map.ofEntries(
                                Map.entry("s", ""),
                                Map.entry("n", new BigDecimal("1.50")),
                                Map.entry("yes", true),
                                Map.entry("no", false),
                                Map.entry("b", "eA=="),
                                Map.entry("l", List.of("a", new BigDecimal("2"), List.of())),
                                Map.entry("m", Map.of("x", new BigDecimal("3"), "y", Map.of())),
                                Map.entry("ss", List.of("a", "b")),
                                Map.entry("ns", List.of(new BigDecimal("1"), new BigDecimal("2.0"))),
                                Map.entry("bs", List.of("eA==")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "<html>",
                "{\"Item\":null}",
                "{\"Item\":{\"a\":{\"S\":\"x\"}",
                "{\"Item\":{\"a\":{\"L\":[{\"S\":\"x\"",
                "{\"Item\":{\"a\":{\"N\":\"x\"}}}"
            })
    void answerThatIsDamagedSaysNothing(String body) {
        assertThat(ExistingItemJson.read(JsonObject.read(body.getBytes(StandardCharsets.UTF_8))))
                .isNull();
    }

    @Test
    void typeThatIsUnknownSaysNothingOfItsValue() {
        byte[] body = "{\"Item\":{\"a\":{\"\":[\"x\"]},\"b\":{\"Z\":\"x\"}}}".getBytes(StandardCharsets.UTF_8);

        assertThat(ExistingItemJson.read(JsonObject.read(body))).isEqualTo(new ExistingItem(Map.of("a", List.of())));
    }
}
