package io.marketpipeline.wire;

import static io.marketpipeline.wire.ScriptedServer.answer;
import static io.marketpipeline.wire.ScriptedServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.puts.ParallelCalls;
import io.marketpipeline.puts.PutAnswer;
import io.marketpipeline.schema.AttributeWriter;
import io.marketpipeline.schema.TableItem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a batch whose statements don't all do what they say. */
class WirePutsTest {
    private final ScriptedServer server = new ScriptedServer();
    private final List<Duration> pauses = new ArrayList<>();
    private final ParallelCalls parallel = new ParallelCalls(1);
    private final ServiceCalls calls = new ServiceCalls(
            new Connections(new Endpoint("dynamodb", "eu-west-1", false, "127.0.0.1", server.port())),
            new CredentialSource(
                    Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "s"), InstantSource.system()),
            InstantSource.system(),
            pauses::add);

    private final WirePuts puts = new WirePuts(calls, parallel, "t", "id");

    private record Item(String key) implements TableItem {
        @Override
        public void writeTo(AttributeWriter attributes) {
            attributes.text("id", key);
        }
    }

    @AfterEach
    void close() throws IOException {
        calls.close();
        parallel.close();
        server.close();
    }

    private List<PutAnswer> put(String... keys) {
        return puts.put(Stream.of(keys).map(Item::new).toList(), Instant.now().plusSeconds(20));
    }

    /** The operation that each request asked for, with its body. */
    private List<String> asked() {
        return server.requests().stream()
                .map(request -> request.replaceAll("(?s).*x-amz-target: DynamoDB_20120810\\.(\\w+).*\r\n\r\n", "$1 "))
                .toList();
    }

    private static String responses(String... codes) {
        List<String> responses = Stream.of(codes)
                .map(code -> code.isEmpty() ? "{}" : "{\"Error\":{\"Code\":\"" + code + "\",\"Message\":null}}")
                .toList();
        return answer(200, "{\"Responses\":[" + String.join(",", responses) + "]}");
    }

    @Test
    void statementsThatMayPassAreSentAgainTogetherAfterAPause() {
        server.then(responses("ThrottlingError", "", "ProvisionedThroughputExceeded"), responses("", ""));

        assertThat(put("a", "b", "c")).hasSize(3).allMatch(PutAnswer.Written.class::isInstance);

        assertThat(asked())
                .hasSize(2)
                .allMatch(asked -> asked.startsWith("BatchExecuteStatement {\"Statements\":[{\"Statement\":"));
        assertThat(asked().get(1)).contains("{\"S\":\"a\"}", "{\"S\":\"c\"}").doesNotContain("{\"S\":\"b\"}");
        assertThat(pauses).hasSize(1);
    }

    @Test
    void statementThatIsRefusedIsAskedAsAPut() {
        server.then(
                responses("", "DuplicateItem", ""),
                answer(
                        400,
                        "{\"__type\":\"x#ConditionalCheckFailedException\",\"message\":\"m\",\"Item\":{\"id\":{\"S\":\"b\"}}}"));

        List<PutAnswer> answers = put("a", "b", "c");

        assertThat(answers.get(0)).isInstanceOf(PutAnswer.Written.class);
        assertThat(answers.get(1)).isInstanceOfSatisfying(PutAnswer.Taken.class, taken -> assertThat(
                        taken.existing().attributes())
                .isEqualTo(Map.of("id", "b")));
        assertThat(answers.get(2)).isInstanceOf(PutAnswer.Written.class);
        assertThat(asked().get(1)).startsWith("PutItem ").contains("{\"S\":\"b\"}");
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Responses\":[{}]}", "{}", "{\"Responses\":[{},{}", "<html>"})
    void batchWhoseAnswerDoesNotTellIsAskedAsPuts(String body) {
        server.then(answer(200, body), answer(200, "{}"), error(400, "ValidationException"));

        List<PutAnswer> answers = put("a", "b");

        assertThat(answers.get(0)).isInstanceOf(PutAnswer.Written.class);
        assertThat(answers.get(1)).isEqualTo(new PutAnswer.Failed("table t: ValidationException: as scripted", null));
        assertThat(asked()).hasSize(3);
    }

    @Test
    void putWhoseAnswerDoesNotSayWhatTookTheKeySaysSo() {
        server.then(error(400, "ConditionalCheckFailedException"));

        assertThat(put("a"))
                .containsExactly(new PutAnswer.Failed(
                        "table t: its key is taken, but the answer doesn't say by what:"
                                + " ConditionalCheckFailedException: as scripted",
                        null));
    }

    @Test
    void equalKeysAreNotInOneBatch() {
        server.then(responses("", ""), error(400, "ConditionalCheckFailedException"));

        assertThat(put("a", "b", "a")).hasSize(3);

        assertThat(asked().get(1)).startsWith("PutItem ");
    }
}
