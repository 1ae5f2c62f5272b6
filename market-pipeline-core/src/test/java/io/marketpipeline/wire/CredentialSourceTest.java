package io.marketpipeline.wire;

import static io.marketpipeline.wire.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void variablesComeFirst() throws IOException {
        CredentialSource source =
                source("AWS_ACCESS_KEY_ID", "A", "AWS_SECRET_ACCESS_KEY", "S", "AWS_SESSION_TOKEN", "T");

        assertThat(source.get()).isEqualTo(new Credentials("A", "S", "T", null));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void containerEndpointIsAskedWithItsToken() throws IOException {
        server.then(credentials("A1", "2026-11-22T21:00:00Z"));

        assertThat(source().get()).isEqualTo(new Credentials("A1", "s", "t", Instant.parse("2026-11-22T21:00:00Z")));
        assertThat(server.requests().get(0))
                .startsWith("GET /2021-04-23/credentials HTTP/1.1\r\n")
                .contains("\r\nAuthorization: Basic x\r\n");
    }

    @Test
    void tokenFileIsReadEachTimeAndBeatsTheToken() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        CredentialSource source = source("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file.toString());
        server.then(credentials("A1", "2026-11-22T20:06:00Z"), credentials("A2", "2026-11-22T22:00:00Z"));

        source.get();
        Files.writeString(file, "second");
        now = now.plusSeconds(120);
        source.get();

        assertThat(server.requests().get(0)).contains("\r\nAuthorization: first\r\n");
        assertThat(server.requests().get(1)).contains("\r\nAuthorization: second\r\n");
    }

    @Test
    void credentialsAreKeptUntilFiveMinutesBeforeTheyExpire() throws IOException {
        CredentialSource source = source();
        server.then(credentials("A1", "2026-11-22T21:00:00Z"), credentials("A2", "2026-11-22T22:00:00Z"));

        assertThat(source.get().accessKey()).isEqualTo("A1");
        now = Instant.parse("2026-11-22T20:54:59Z");
        assertThat(source.get().accessKey()).isEqualTo("A1");
        now = Instant.parse("2026-11-22T20:55:00Z");
        assertThat(source.get().accessKey()).isEqualTo("A2");
    }

    @Test
    void credentialsAfterARestoreDaysLaterAreNew() throws IOException {
        CredentialSource source = source();
        server.then(credentials("snapshot", "2026-11-22T21:00:00Z"), credentials("restored", "2026-11-25T22:00:00Z"));

        source.get();
        now = Instant.parse("2026-11-25T20:00:00Z");

        assertThat(source.get().accessKey()).isEqualTo("restored");
    }

    @Test
    void credentialsWhenRenewalFailsHoldUntilTheyExpire() throws IOException {
        CredentialSource source = source();
        server.then(credentials("A1", "2026-11-22T21:00:00Z"), answer(500, ""), answer(500, ""));

        source.get();
        now = Instant.parse("2026-11-22T20:56:00Z");
        assertThat(source.get().accessKey()).isEqualTo("A1");
        now = Instant.parse("2026-11-22T21:00:00Z");
        assertThatExceptionOfType(CredentialSource.MissingCredentialsException.class)
                .isThrownBy(source::get);
    }

    @Test
    void renewTakesOthersAtOnce() throws IOException {
        CredentialSource source = source();
        server.then(credentials("A1", "2026-11-22T21:00:00Z"), credentials("A2", "2026-11-22T22:00:00Z"));

        source.get();
        source.renew();

        assertThat(source.get().accessKey()).isEqualTo("A2");
    }

    @Test
    void plainHttpToAnotherMachineIsRefused() {
        CredentialSource source = source("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://192.0.2.1/credentials");

        assertThatExceptionOfType(CredentialSource.MissingCredentialsException.class)
                .isThrownBy(source::get)
                .withMessageContaining("http://192.0.2.1/credentials");
    }

    @Test
    void tokenThatWouldForgeAHeaderIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "a\r\nX-Evil: 1");
        CredentialSource source = source("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file.toString());

        assertThatExceptionOfType(CredentialSource.MissingCredentialsException.class)
                .isThrownBy(source::get);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void endpointThatGivesNoneIsNamed() {
        server.then(answer(200, "{\"Code\":\"Failed\"}"));

        assertThatExceptionOfType(CredentialSource.MissingCredentialsException.class)
                .isThrownBy(() -> source().get())
                .withMessageContaining("http://127.0.0.1:" + server.port() + " gave no credentials");
    }
}
