package io.marketpipeline.credentials;

import static io.marketpipeline.http.ScriptedServer.CUT;
import static io.marketpipeline.http.ScriptedServer.HANG;
import static io.marketpipeline.http.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.http.ScriptedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialSourceTest {
    @TempDir
    Path folder;

    private final ScriptedServer server = new ScriptedServer();
    private Instant now = Instant.parse("2026-11-22T20:00:00Z");

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private CredentialSource source(String... more) {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:" + server.port() + "/2021-04-23/credentials");
        environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic x");
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return new CredentialSource(environment, () -> now);
    }

    private static String credentials(String key, String expiration) {
        return answer(
                200,
                "{\"AccountId\":\"1\",\"AccessKeyId\":\"" + key
                        + "\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"" + expiration + "\"}");
    }

    private static long soon() {
        return System.nanoTime() + 10_000_000_000L;
    }

    @Test
    void variablesComeFirst() throws IOException {
        CredentialSource source =
                source("AWS_ACCESS_KEY_ID", "A", "AWS_SECRET_ACCESS_KEY", "S", "AWS_SESSION_TOKEN", "T");

        assertThat(source.get(soon())).isEqualTo(new Credentials("A", "S", "T", null));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void containerEndpointIsAskedWithItsToken() throws IOException {
        server.then(credentials("A1", "2026-11-22T21:00:00Z"));

        assertThat(source().get(soon()))
                .isEqualTo(new Credentials("A1", "s", "t", Instant.parse("2026-11-22T21:00:00Z")));
        assertThat(server.requests().get(0))
                .startsWith("GET /2021-04-23/credentials HTTP/1.0\r\n")
                .contains("\r\nAuthorization: Basic x\r\n");
    }

    @Test
    void tokenFileIsReadEachTimeAndBeatsTheToken() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        CredentialSource source = source("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file.toString());
        server.then(credentials("A1", "2026-11-22T20:06:00Z"), credentials("A2", "2026-11-22T22:00:00Z"));

        source.get(soon());
        Files.writeString(file, "second");
        now = now.plusSeconds(120);
        source.get(soon());

        assertThat(server.requests().get(0)).contains("\r\nAuthorization: first\r\n");
        assertThat(server.requests().get(1)).contains("\r\nAuthorization: second\r\n");
    }

    @Test
    void credentialsAreKeptUntilFiveMinutesBeforeTheyExpire() throws IOException {
        CredentialSource source = source();
        server.then(credentials("A1", "2026-11-22T21:00:00Z"), credentials("A2", "2026-11-22T22:00:00Z"));

        assertThat(source.get(soon()).accessKey()).isEqualTo("A1");
        now = Instant.parse("2026-11-22T20:54:59Z");
        assertThat(source.get(soon()).accessKey()).isEqualTo("A1");
        now = Instant.parse("2026-11-22T20:55:00Z");
        assertThat(source.get(soon()).accessKey()).isEqualTo("A2");
    }

    @Test
    void credentialsAfterARestoreDaysLaterAreNew() throws IOException {
        CredentialSource source = source();
        server.then(credentials("snapshot", "2026-11-22T21:00:00Z"), credentials("restored", "2026-11-25T22:00:00Z"));

        source.get(soon());
        now = Instant.parse("2026-11-25T20:00:00Z");

        assertThat(source.get(soon()).accessKey()).isEqualTo("restored");
    }

    @Test
    void credentialsWhenRenewalFailsHoldUntilTheyExpire() throws IOException {
        CredentialSource source = source();
        server.then(credentials("A1", "2026-11-22T21:00:00Z"), answer(500, ""), answer(500, ""));

        source.get(soon());
        now = Instant.parse("2026-11-22T20:56:00Z");
        assertThat(source.get(soon()).accessKey()).isEqualTo("A1");
        now = Instant.parse("2026-11-22T21:00:00Z");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> source.get(soon()));
    }

    @Test
    void credentialsThatExpireBeforeTheNextTryToRenewThemAreNotUsedBeyondThat() throws IOException {
        CredentialSource source = source();
        server.then(
                credentials("A1", "2026-11-22T21:00:00Z"), answer(500, ""), credentials("A2", "2026-11-22T22:00:00Z"));

        source.get(soon());
        now = Instant.parse("2026-11-22T20:59:55Z");
        assertThat(source.get(soon()).accessKey()).isEqualTo("A1");
        now = Instant.parse("2026-11-22T21:00:00Z");
        assertThat(source.get(soon()).accessKey()).isEqualTo("A2");
    }

    @Test
    void credentialsWithoutExpirationOutliveAnEndpointThatIsBusy() throws IOException {
        CredentialSource source = source();
        server.then(answer(200, "{\"AccessKeyId\":\"A1\",\"SecretAccessKey\":\"s\"}"), answer(500, ""));

        source.get(soon());
        now = now.plus(Duration.ofMinutes(6));

        assertThat(source.get(soon()).accessKey()).isEqualTo("A1");
    }

    @Test
    void endpointThatHangsLeavesTimeForACallWhoseCredentialsHold() throws IOException {
        CredentialSource source = source();
        server.then(credentials("A1", "2026-11-22T21:00:00Z"), HANG);

        source.get(soon());
        now = Instant.parse("2026-11-22T20:56:00Z");
        long end = System.nanoTime() + 4_000_000_000L;

        assertThat(source.get(end).accessKey()).isEqualTo("A1");
        assertThat(Duration.ofNanos(end - System.nanoTime())).isGreaterThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void endpointThatIsBusyMayBeAskedAgain(int status) throws IOException {
        CredentialSource source = source();
        server.then(answer(status, "{}"), credentials("A1", "2026-11-22T21:00:00Z"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> source.get(soon()))
                .withMessageContaining("HTTP " + status)
                .isNotInstanceOf(CredentialSource.MissingCredentialsException.class);
        assertThat(source.get(soon()).accessKey()).isEqualTo("A1");
    }

    @Test
    void endpointWhoseAnswerIsDamagedMayBeAskedAgain() throws IOException {
        CredentialSource source = source();
        server.then(answer(200, "{\"AccessKeyId\":\"A1\""), credentials("A1", "2026-11-22T21:00:00Z"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> source.get(soon()))
                .isNotInstanceOf(CredentialSource.MissingCredentialsException.class);
        assertThat(source.get(soon()).accessKey()).isEqualTo("A1");
    }

    @Test
    void endpointMayEndItsAnswerWithTheConnection() throws IOException {
        String answer = credentials("A1", "2026-11-22T21:00:00Z");
        server.then("HTTP/1.0 200 OK\r\n" + answer.substring(answer.indexOf("\r\n\r\n") + 2) + CUT);

        assertThat(source().get(soon()).accessKey()).isEqualTo("A1");
    }

    @Test
    void endpointWhoseAnswerComesInChunksIsToldSo() {
        server.then("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> source().get(soon()))
                .withMessage("an answer in chunks, or packed in another way, isn't understood");
    }

    @Test
    void endpointThatRefusesIsNotAskedAgain() {
        server.then(answer(403, "{}"));

        assertThatExceptionOfType(CredentialSource.MissingCredentialsException.class)
                .isThrownBy(() -> source().get(soon()))
                .withMessageContaining("HTTP 403");
    }

    @Test
    void endpointThatHangsHoldsUpATryNoLongerThanItHas() {
        server.then(HANG);
        CredentialSource source = source();

        long start = System.nanoTime();
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> source.get(start + 100_000_000L));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_800));
    }

    @Test
    void threadsThatAskAtOnceAreToldTheSameByOneRequest() throws Exception {
        CredentialSource source = source();
        List<Thread> threads = new ArrayList<>();
        List<IOException> failures = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                try {
                    source.get(System.nanoTime() + 60_000_000_000L);
                } catch (IOException e) {
                    failures.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        await(() -> server.requests().size() == 1
                && threads.stream().filter(CredentialSourceTest::waitsItsTurn).count() == 7);
        server.then(answer(403, "{}"));
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(server.requests()).hasSize(1);
        assertThat(failures).hasSize(8).allMatch(CredentialSource.MissingCredentialsException.class::isInstance);
    }

    private static boolean waitsItsTurn(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitTurn"));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    @Test
    void threadsUseWhatStillHoldsWhileOneRenewsIt() throws Exception {
        CredentialSource source = source();
        server.then(credentials("A1", "2026-11-22T21:00:00Z"));
        source.get(soon());
        now = Instant.parse("2026-11-22T20:56:00Z");
        Thread renews = new Thread(() -> {
            try {
                source.get(System.nanoTime() + 60_000_000_000L);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        renews.start();
        await(() -> server.requests().size() == 2);

        assertThat(source.get(soon()).accessKey()).isEqualTo("A1");
        server.then(credentials("A2", "2026-11-22T22:00:00Z"));
        renews.join();
        assertThat(source.get(soon()).accessKey()).isEqualTo("A2");
    }

    @Test
    void renewTakesOthersAtOnce() throws IOException {
        CredentialSource source = source();
        server.then(credentials("A1", "2026-11-22T21:00:00Z"), credentials("A2", "2026-11-22T22:00:00Z"));

        Credentials first = source.get(soon());
        source.renew(first);
        assertThat(source.get(soon()).accessKey()).isEqualTo("A2");
        source.renew(first); // refused later than others
        assertThat(source.get(soon()).accessKey()).isEqualTo("A2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://192.0.2.1/credentials", "http://127.0.0.1:99999/credentials"})
    void plainHttpToAnotherMachineOrToNoPortIsRefused(String address) {
        CredentialSource source = source("AWS_CONTAINER_CREDENTIALS_FULL_URI", address);

        assertThatExceptionOfType(CredentialSource.MissingCredentialsException.class)
                .isThrownBy(() -> source.get(soon()))
                .withMessageContaining(address);
    }

    @Test
    void credentialsThatHardlyHoldAreNotAskedForEachTime() throws IOException {
        CredentialSource source = source();
        server.then(credentials("A1", "2026-11-22T20:01:00Z"), credentials("A2", "2026-11-22T22:00:00Z"));

        source.get(soon());
        now = now.plusSeconds(9);
        assertThat(source.get(soon()).accessKey()).isEqualTo("A1");
        now = now.plusSeconds(1);
        assertThat(source.get(soon()).accessKey()).isEqualTo("A2");
    }

    @Test
    void tokenFileThatIsNoPathIsNamed() {
        CredentialSource source = source("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "a\0b");

        assertThatExceptionOfType(CredentialSource.MissingCredentialsException.class)
                .isThrownBy(() -> source.get(soon()))
                .withMessageContaining("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE is no path");
    }

    @Test
    void tokenThatWouldForgeAHeaderIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "a\r\nX-Evil: 1");
        CredentialSource source = source("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file.toString());

        assertThatExceptionOfType(CredentialSource.MissingCredentialsException.class)
                .isThrownBy(() -> source.get(soon()));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void endpointThatGivesNoneIsNamed() {
        server.then(answer(200, "{\"Code\":\"Failed\"}"));

        assertThatExceptionOfType(CredentialSource.MissingCredentialsException.class)
                .isThrownBy(() -> source().get(soon()))
                .withMessageContaining("http://127.0.0.1:" + server.port() + " gave no credentials");
    }
}
