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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final Set<BatchStatementErrorCodeEnum> PASSING = Set.of(
            BatchStatementErrorCodeEnum.INTERNAL_SERVER_ERROR,
            BatchStatementErrorCodeEnum.PROVISIONED_THROUGHPUT_EXCEEDED,
            BatchStatementErrorCodeEnum.REQUEST_LIMIT_EXCEEDED,
            BatchStatementErrorCodeEnum.THROTTLING_ERROR,
            BatchStatementErrorCodeEnum.TRANSACTION_CONFLICT);

    private final ScriptedServer server = new ScriptedServer();
    private final List<Duration> pauses = new ArrayList<>();
    private final ParallelCalls oneAtATime = new ParallelCalls(1);
    private final Connections connections = new Connections(new HttpAddress(false, "127.0.0.1", server.port()));
    private final WirePuts puts = puts(InstantSource.system(), pauses::add);

    private WirePuts puts(InstantSource clock, Backoff.Pause pause) {
        Map<String, String> keys = Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "secret");
        Endpoint endpoint = new Endpoint("dynamodb", "eu-west-1", new HttpAddress(false, "127.0.0.1", server.port()));
        return new WirePuts(
                new ServiceCalls(endpoint, connections, new CredentialSource(keys, clock), clock, pause),
                oneAtATime,
                "rows",
                "event_id");
    }

    @AfterEach
    void close() throws IOException {
        connections.close();
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
    void putWhenSomeStatementsFailAsksForThoseAgain(BatchStatementErrorCodeEnum code) {
        boolean passing = PASSING.contains(code);
        server.then(statements(code, "", code));
        if (passing) {
            server.then(statements("", ""));
        } else {
            server.then(OK, error(400, "AccessDeniedException"));
        }

        List<PutAnswer> answers = put("a", "b", "c");

        if (passing) {
            assertThat(requests()).containsExactly(STATEMENTS + " a,b,c", STATEMENTS + " a,c");
            assertThat(pauses).hasSize(1);
            assertThat(answers).hasOnlyElementsOfType(PutAnswer.Written.class);
        } else {
            assertThat(requests()).containsExactly(STATEMENTS + " a,b,c", PUT + " a", PUT + " c");
            assertThat(answers.subList(0, 2)).hasOnlyElementsOfType(PutAnswer.Written.class);
            assertThat(answers.get(2))
                    .isInstanceOfSatisfying(PutAnswer.Failed.class, failed -> assertThat(failed.message())
                            .contains("AccessDeniedException"));
        }
    }

    @Test
    void putWhenSomeStatementsAreThrottledAnswersTheOthersFirst() {
        server.then(statements("ThrottlingError", "DuplicateItem", "ThrottlingError"), OK, statements("", ""));

        assertThat(put("a", "b", "c")).hasOnlyElementsOfType(PutAnswer.Written.class);

        assertThat(requests()).containsExactly(STATEMENTS + " a,b,c", PUT + " b", STATEMENTS + " a,c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DuplicateItem", "AccessDenied"})
    void putWhenAThrottledStatementFailsOtherwiseNextTimePutsItByItself(String code) {
        server.then(statements("ThrottlingError", "ThrottlingError"), statements("", code), OK);

        assertThat(put("a", "b")).hasOnlyElementsOfType(PutAnswer.Written.class);

        assertThat(requests()).containsExactly(STATEMENTS + " a,b", STATEMENTS + " a,b", PUT + " b");
    }

    @Test
    void putWhenTheAnswerToThrottledStatementsIsDamagedPutsEachByItself() {
        server.then(statements("ThrottlingError", "ThrottlingError"), answer(200, "{}"), OK, OK);

        assertThat(put("a", "b")).hasOnlyElementsOfType(PutAnswer.Written.class);

        assertThat(requests()).hasSize(4).endsWith(PUT + " a", PUT + " b");
    }

    @Test
    void putWhenStatementsAreThrottledToTheEndSaysSoOfThemAlone() {
        server.then(
                statements("ThrottlingError", "", "ProvisionedThroughputExceeded"),
                statements("ThrottlingError", "ProvisionedThroughputExceeded"));
        Instant start = Instant.now();
        AtomicReference<Instant> now = new AtomicReference<>(start);
        WirePuts late =
                puts(now::get, pause -> now.set(now.get().plusSeconds(now.get().equals(start) ? 1 : 60)));

        List<PutAnswer> answers =
                late.put(List.of(new Item("a"), new Item("b"), new Item("c")), start.plusMillis(1_010));

        assertThat(answers.get(1)).isEqualTo(new PutAnswer.Written());
        assertThat(answers.get(0)).isEqualTo(new PutAnswer.Failed("table rows: ThrottlingError: ", null));
        assertThat(answers.get(2)).isEqualTo(new PutAnswer.Failed("table rows: ProvisionedThroughputExceeded: ", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProvisionedThroughputExceededException", "InternalServerError"})
    void putWhenTheTimeEndsWithTheStatementsSaysWhatDynamoDbSaid(String code) {
        for (int i = 0; i < 5; i++) {
            server.then(error(400, code));
        }
        Instant start = Instant.now();
        AtomicReference<Instant> now = new AtomicReference<>(start);
        WirePuts late = puts(now::get, pause -> now.set(now.get().plusSeconds(1)));

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
                "{\"Responses\":[{\"Error\":\"of what kind\"},{\"Error\":[]}]}",
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
}
