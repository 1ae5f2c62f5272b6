package io.marketpipeline.wire;

import static io.marketpipeline.http.ScriptedServer.answer;
import static io.marketpipeline.http.ScriptedServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.credentials.CredentialSource;
import io.marketpipeline.http.Connections;
import io.marketpipeline.http.HttpAddress;
import io.marketpipeline.http.ScriptedServer;
import io.marketpipeline.puts.Backoff;
import io.marketpipeline.puts.ExistingItem;
import io.marketpipeline.puts.ParallelCalls;
import io.marketpipeline.puts.PutAnswer;
import io.marketpipeline.schema.AttributeWriter;
import io.marketpipeline.schema.TableItem;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;

/** What a batch makes of each statement's own answer; what DynamoDB answers is seen by the stores' contract tests. */
class WirePutsTest {
    private static final String STATEMENTS = "BatchExecuteStatement";
    private static final String PUT = "PutItem";
    private static final String OK = answer(200, "{}");
    private static final Pattern TARGET = Pattern.compile("x-amz-target: DynamoDB_20120810\\.(\\w+)");
    private static final Pattern KEY = Pattern.compile("\"S\":\"(\\w+)\"");

    private final ScriptedServer server = new ScriptedServer();
    private final ParallelCalls oneAtATime = new ParallelCalls(1);
    private final ServiceCalls calls = calls(InstantSource.system(), pause -> {});
    private final WirePuts puts = new WirePuts(calls, oneAtATime, "rows", "event_id");

    private ServiceCalls calls(InstantSource clock, Backoff.Pause pause) {
        HttpAddress address = new HttpAddress(false, "127.0.0.1", server.port());
        Map<String, String> keys = Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "secret");
        return new ServiceCalls(
                new Endpoint("dynamodb", "eu-west-1", address),
                new Connections(address),
                new CredentialSource(keys, clock),
                clock,
                pause);
    }

    @AfterEach
    void close() throws IOException {
        calls.close();
        oneAtATime.close();
        server.close();
    }

    private record Item(String key) implements TableItem {
        @Override
        public void writeTo(AttributeWriter attributes) {
            attributes.text("event_id", key);
        }
    }

    private List<PutAnswer> put(String... keys) {
        return puts.put(Stream.of(keys).map(Item::new).toList(), Instant.now().plusSeconds(20));
    }

    /** An answer with an error, or none where the code is empty, for each statement. */
    private static String statements(Object... codes) {
        return answer(
                200,
                Stream.of(codes)
                        .map(code -> code.equals("")
                                ? "{\"TableName\":\"rows\"}"
                                : "{\"Error\":{\"Code\":\"" + code + "\",\"Message\":null}}")
                        .collect(Collectors.joining(",", "{\"Responses\":[", "]}")));
    }

    /** The requests that came, as {@code operation keys}. */
    private List<String> requests() {
        return server.requests().stream()
                .map(request -> first(TARGET, request) + " "
                        + KEY.matcher(request)
                                .results()
                                .map(key -> key.group(1))
                                .collect(Collectors.joining(",")))
                .toList();
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .findFirst()
                .map((MatchResult found) -> found.group(1))
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN_TO_SDK_VERSION")
    void putWhenSomeStatementsFailPutsThoseByThemselves(BatchStatementErrorCodeEnum code) {
        server.then(statements(code, "", code), OK, error(400, "AccessDeniedException"));

        List<PutAnswer> answers = put("a", "b", "c");

        assertThat(requests()).containsExactly(STATEMENTS + " a,b,c", PUT + " a", PUT + " c");
        assertThat(answers.subList(0, 2)).hasOnlyElementsOfType(PutAnswer.Written.class);
        assertThat(answers.get(2)).isInstanceOfSatisfying(PutAnswer.Failed.class, failed -> assertThat(failed.message())
                .contains("AccessDeniedException"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProvisionedThroughputExceededException", "InternalServerError"})
    void putWhenTheTimeEndsWithTheStatementsSaysWhatDynamoDbSaid(String code) {
        for (int i = 0; i < 5; i++) {
            server.then(error(400, code));
        }
        Instant start = Instant.now();
        AtomicReference<Instant> now = new AtomicReference<>(start);
        WirePuts late = new WirePuts(
                calls(now::get, pause -> now.set(now.get().plusSeconds(1))), oneAtATime, "rows", "event_id");

        List<PutAnswer> answers = late.put(List.of(new Item("a"), new Item("b")), start.plusSeconds(3));

        assertThat(answers).hasSize(2).allSatisfy(answer -> assertThat(answer)
                .isInstanceOfSatisfying(PutAnswer.Failed.class, failed -> assertThat(failed.message())
                        .contains("no time left after 3 tries; last: " + code)));
        assertThat(requests()).hasSize(3).containsOnly(STATEMENTS + " a,b");
    }

    @Test
    void putWhenTheKeyOfAStatementIsTakenSaysByWhat() {
        server.then(
                statements("", "DuplicateItem"),
                answer(
                        400,
                        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                                + "\"message\":\"The conditional request failed\","
                                + "\"Item\":{\"event_id\":{\"S\":\"b\"},\"request_id\":{\"S\":\"r1\"}}}"));

        assertThat(put("a", "b").get(1))
                .isEqualTo(new PutAnswer.Taken(new ExistingItem(Map.of("event_id", "b", "request_id", "r1"))));
    }

    @Test
    void putWhoseAnswerDoesNotSayWhatTookTheKeySaysSo() {
        server.then(error(400, "ConditionalCheckFailedException"));

        assertThat(put("a").get(0))
                .isInstanceOfSatisfying(PutAnswer.Failed.class, failed -> assertThat(failed.message())
                        .contains("doesn't say by what"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Responses\":[{\"TableName\":\"rows\"}]}",
                "{\"Responses\":[{\"TableName\":\"rows\"},{},{}]}",
                "{\"Responses\":[{\"TableName\":\"rows\"}",
                "{\"Responses\":[]}",
                "<html>",
                "{}",
                ""
            })
    void putWhenTheAnswerDoesNotTellOfEachStatementPutsEachByItself(String body) {
        server.then(answer(200, body), OK, OK);

        assertThat(put("a", "b")).hasOnlyElementsOfType(PutAnswer.Written.class);

        assertThat(requests()).containsExactly(STATEMENTS + " a,b", PUT + " a", PUT + " b");
    }

    @Test
    void putWhenStatementsAreRefusedPutsEachByItself() {
        server.then(error(400, "AccessDeniedException"), OK, OK);

        assertThat(put("a", "b")).hasOnlyElementsOfType(PutAnswer.Written.class);

        assertThat(requests()).containsExactly(STATEMENTS + " a,b", PUT + " a", PUT + " b");
    }

    @Test
    void putWhenOneStatementIsThrottledForGoodPutsItByItself() {
        server.then(statements("ThrottlingError", ""), error(400, "ThrottlingException"), OK);

        assertThat(put("a", "b")).hasOnlyElementsOfType(PutAnswer.Written.class);

        assertThat(requests()).containsExactly(STATEMENTS + " a,b", PUT + " a", PUT + " a");
    }

    @Test
    void putWhenKeysRepeatPutsTheRepeatsAfterTheirFirst() {
        server.then(statements("", ""), OK);

        put("a", "b", "a");

        assertThat(requests()).containsExactly(STATEMENTS + " a,b", PUT + " a");
    }
}
