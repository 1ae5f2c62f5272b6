package io.marketpipeline.wire;

import static io.marketpipeline.http.ScriptedServer.CUT;
import static io.marketpipeline.http.ScriptedServer.HANG;
import static io.marketpipeline.http.ScriptedServer.answer;
import static io.marketpipeline.http.ScriptedServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.credentials.CredentialSource;
import io.marketpipeline.http.Connections;
import io.marketpipeline.http.HttpAddress;
import io.marketpipeline.http.ScriptedServer;
import io.marketpipeline.puts.Backoff;
import io.marketpipeline.text.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceCallsTest {
    private static final String OK = answer(200, "{}");

    private static final Map<String, String> KEYS =
            Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_SESSION_TOKEN", "token");

    private final ScriptedServer server = new ScriptedServer();
    private final List<Duration> pauses = new ArrayList<>();
    private final ServiceCalls calls = calls(KEYS);

    private ServiceCalls calls(Map<String, String> environment) {
        return calls(environment, InstantSource.system());
    }

    private ServiceCalls calls(Map<String, String> environment, InstantSource clock) {
        return calls(environment, clock, pauses::add);
    }

    private ServiceCalls calls(Map<String, String> environment, InstantSource clock, Backoff.Pause pause) {
        HttpAddress address = new HttpAddress(false, "127.0.0.1", server.port());
        return new ServiceCalls(
                new Endpoint("dynamodb", "eu-west-1", address),
                new Connections(address),
                new CredentialSource(environment, clock),
                clock,
                pause);
    }

    @AfterEach
    void close() throws IOException {
        calls.close();
        server.close();
    }

    private ServiceAnswer call() {
        return call(Duration.ofSeconds(20));
    }

    private ServiceAnswer call(Duration remaining) {
        return calls.call(
                "DynamoDB_20120810.PutItem",
                new Bytes(16).ascii("{\"a\":1}"),
                Instant.now().plus(remaining));
    }

    private void isDone(ServiceAnswer given) {
        assertThat(given).isInstanceOf(ServiceAnswer.Done.class);
    }

    private void isUnknown(ServiceAnswer given) {
        assertThat(given).isInstanceOfSatisfying(ServiceAnswer.Failed.class, failed -> assertThat(failed.code())
                .isEmpty());
    }

    @Test
    void whatCanBeDoneMeanwhileIsDoneBetweenARequestAndItsAnswer() {
        Instant deadline = Instant.now().plusSeconds(20);

        isDone(calls.call("X", new Bytes(1), deadline, () -> {
            while (server.requests().isEmpty() && Instant.now().isBefore(deadline)) {
                Thread.onSpinWait();
            }
            server.then(OK); // before that there is none
        }));
    }

    @Test
    void whatCanBeDoneMeanwhileIsDoneWithEachTry() {
        AtomicInteger done = new AtomicInteger();
        server.then(error(500, "InternalServerError"), OK);

        isDone(calls.call("X", new Bytes(1), Instant.now().plusSeconds(20), done::incrementAndGet));

        assertThat(done).hasValue(2);
    }

    @Test
    void requestIsSignedAndNamesItsOperation() {
        server.then(OK);

        isDone(call());

        assertThat(server.requests().get(0))
                .startsWith("POST / HTTP/1.1\r\n")
                .contains("\r\nhost: 127.0.0.1:" + server.port() + "\r\n")
                .contains("\r\nx-amz-target: DynamoDB_20120810.PutItem\r\n", "\r\nx-amz-security-token: token\r\n")
                .containsPattern(
                        "\r\nauthorization: AWS4-HMAC-SHA256 Credential=AKID/\\d{8}/eu-west-1/dynamodb/aws4_request,"
                                + " SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target,"
                                + " Signature=[0-9a-f]{64}\r\n")
                .endsWith("\r\n\r\n{\"a\":1}");
    }

    @Test
    void callsShareOneConnection() {
        server.then(OK, OK, OK);

        isDone(call());
        isDone(call());
        isDone(call());

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void callWhenTheServerEndsTheConnectionOpensAnother() {
        server.then("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}", OK);

        isDone(call());
        isDone(call());

        assertThat(server.connections()).isEqualTo(2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void callWhenTheKeptConnectionWasClosedSendsAgainAtOnce() {
        server.then(OK, CUT, OK);

        isDone(call());
        isDone(call());

        assertThat(server.requests()).hasSize(3);
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ProvisionedThroughputExceededException",
                "ThrottlingException",
                "ThrottledException",
                "RequestLimitExceeded",
                "TransactionConflictException"
            })
    void callWhenThrottledWaitsAndTriesAgain(String code) {
        server.then(error(400, code), error(400, code), OK);

        isDone(call());

        assertThat(pauses).hasSize(2).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) <= 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 408 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 503 X\r\nContent-Length: 17\r\n\r\n<html>busy</html>",
                "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}" + CUT,
                "HTTP/1.1 200 OK\r\nContent-Le" + CUT,
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-amz-crc32: 1\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                CUT
            })
    void callWhenTheAnswerIsAFaultOrDamagedTriesAgainOnAnotherConnection(String damaged) {
        server.then(damaged, OK);

        isDone(call());

        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nCONTENT-LENGTH: 7\r\n\r\n{\"a\":1}",
                "HTTP/1.0 200 OK\r\n\r\n{\"a\":1}" + CUT,
                "HTTP/1.1 200 OK\r\nConnection: te\r\nConnection: close\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
                "HTTP/1.1 200 OK\nContent-Length: 7\n\n{\"a\":1}"
            })
    void answerIsReadInEveryFraming(String framed) {
        server.then(framed);

        assertThat(call()).isInstanceOfSatisfying(ServiceAnswer.Done.class, done -> assertThat(
                        new String(done.http().body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":1}"));
    }

    @Test
    void callWhenRefusedNamesTheErrorAndTriesOnce() {
        server.then(error(400, "ResourceNotFoundException"));

        assertThat(call()).isInstanceOfSatisfying(ServiceAnswer.Failed.class, refused -> {
            assertThat(refused.code()).isEqualTo("ResourceNotFoundException");
            assertThat(refused.message()).isEqualTo("ResourceNotFoundException: as scripted");
        });
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void callWhenThereIsNoAnswerEndsAtTheDeadlineAndSaysWhy() {
        server.then(HANG, HANG, HANG);

        assertThat(call(Duration.ofMillis(200)))
                .isInstanceOfSatisfying(ServiceAnswer.Failed.class, unknown -> assertThat(unknown.message())
                        .contains("no time left", "127.0.0.1"));
    }

    @Test
    void callWhenTheAnswerTricklesEndsAtTheDeadline() {
        server.then("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{" + HANG, HANG, HANG);

        isUnknown(call(Duration.ofMillis(200)));
    }

    @Test
    void callWhenNoTimeIsLeftSendsNothing() {
        isUnknown(call(Duration.ZERO));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void callWhenNobodyListensSaysSo() throws IOException {
        server.close();

        assertThat(call(Duration.ofMillis(200)))
                .isInstanceOfSatisfying(ServiceAnswer.Failed.class, unknown -> assertThat(unknown.message())
                        .contains("no time left", "127.0.0.1:" + server.port()));
    }

    @Test
    void callWhenThereAreNoCredentialsNamesWhereTheyAreLookedFor() {
        ServiceAnswer given =
                calls(Map.of()).call("X", new Bytes(1), Instant.now().plusSeconds(20));

        assertThat(given).isInstanceOfSatisfying(ServiceAnswer.Failed.class, unknown -> assertThat(unknown.message())
                .contains("AWS_ACCESS_KEY_ID", "AWS_CONTAINER_CREDENTIALS_FULL_URI"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void callWhenInterruptedEndsAndKeepsTheFlag() {
        server.then(error(500, "InternalServerError"));
        ServiceCalls interrupted = calls(KEYS, InstantSource.system(), pause -> {
            throw new InterruptedException();
        });

        isUnknown(interrupted.call("X", new Bytes(1), Instant.now().plusSeconds(20)));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void callWhenTheCredentialsEndpointIsBusyTriesAgain() throws IOException {
        try (ScriptedServer container = new ScriptedServer()) {
            container.then(
                    answer(500, ""), answer(200, "{\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"s\",\"Token\":\"t\"}"));
            server.then(OK);
            ServiceCalls called = calls(Map.of(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:" + container.port() + "/credentials"));

            isDone(called.call("X", new Bytes(1), Instant.now().plusSeconds(20)));
        }
        assertThat(pauses).hasSize(1);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void callWhenTheCredentialsEndpointHangsEndsAtTheDeadlineAndSaysWhy() throws IOException {
        try (ScriptedServer container = new ScriptedServer()) {
            container.then(HANG, HANG, HANG);
            ServiceCalls called =
                    calls(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:" + container.port() + "/"));

            assertThat(called.call("X", new Bytes(1), Instant.now().plusMillis(200)))
                    .isInstanceOfSatisfying(ServiceAnswer.Failed.class, unknown -> assertThat(unknown.message())
                            .contains("no time left", "SocketTimeoutException: no answer in time"));
        }
        assertThat(server.requests()).isEmpty();
    }

    /** As DynamoDB tells it that a request was dated more than five minutes ago. */
    private static String signatureExpired() {
        String body = "{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\","
                + "\"message\":\"Signature expired: 20261122T200000Z is now earlier than 20261122T205500Z\"}";
        return answer(400, body);
    }

    private Instant signedAt(int request) {
        String date = server.requests()
                .get(request)
                .lines()
                .filter(line -> line.startsWith("x-amz-date: "))
                .findFirst()
                .orElseThrow()
                .substring(12);
        return LocalDateTime.parse(date, DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'"))
                .toInstant(ZoneOffset.UTC);
    }

    @Test
    void callThatWasFrozenBetweenSigningAndSendingIsSignedAnew() {
        Instant before = Instant.parse("2026-11-22T20:00:00Z");
        Instant after = Instant.parse("2026-11-22T21:00:00Z");
        AtomicReference<Instant> now = new AtomicReference<>(before);
        server.then(signatureExpired(), OK);

        isDone(calls(KEYS, now::get, pause -> now.set(after)).call("X", new Bytes(1), after.plusSeconds(20)));

        assertThat(signedAt(0)).isEqualTo(before);
        assertThat(signedAt(1)).isEqualTo(after);
    }

    @Test
    void callWhoseCredentialsExpiredIsSignedWithOthersAfterWhateverFailedBefore() throws IOException {
        try (ScriptedServer container = new ScriptedServer()) {
            for (String key : List.of("A1", "A2")) {
                container.then(answer(200, "{\"AccessKeyId\":\"" + key + "\",\"SecretAccessKey\":\"s\"}"));
            }
            server.then(error(400, "ThrottlingException"), error(400, "ExpiredTokenException"), OK);
            ServiceCalls called =
                    calls(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:" + container.port() + "/"));

            isDone(called.call("X", new Bytes(1), Instant.now().plusSeconds(20)));
        }
        assertThat(server.requests().get(1)).contains("Credential=A1/");
        assertThat(server.requests().get(2)).contains("Credential=A2/");
    }

    @Test
    void callByAWrongClockIsRefusedWithTheErrorsName() {
        server.then(signatureExpired(), signatureExpired());

        assertThat(call()).isInstanceOfSatisfying(ServiceAnswer.Failed.class, refused -> assertThat(refused.message())
                .startsWith("InvalidSignatureException: Signature expired: 20261122T200000Z"));
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void callWhoseSignatureIsWrongIsRefusedAtOnce() {
        server.then(error(400, "InvalidSignatureException"));

        assertThat(call()).isInstanceOfSatisfying(ServiceAnswer.Failed.class, refused -> assertThat(refused.code())
                .isEqualTo("InvalidSignatureException"));
        assertThat(server.requests()).hasSize(1);
    }
}
