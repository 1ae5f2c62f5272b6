package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page in the user's browser must not reach the endpoint. */
@ExtendWith(SharedEndpoint.class)
class GatewaySecurityTest {
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:4700", "127.0.0.1.evil.example", "169.254.169.254"})
    void hostWhenNotLoopbackIsRefused(String host) throws IOException {
        assertThat(send("POST", "Host: " + host)).startsWith("HTTP/1.1 403").contains("is not loopback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1", "https://localhost"})
    void originWhenForeignIsRefused(String origin) throws IOException {
        String answer = send("POST", "Host: 127.0.0.1\r\nOrigin: " + origin);

        assertThat(answer).startsWith("HTTP/1.1 403").doesNotContainIgnoringCase("access-control-allow");
    }

    @Test
    void preflightOfAnotherSiteIsRefused() throws IOException {
        String answer = send(
                "OPTIONS",
                "Host: localhost\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n"
                        + "Access-Control-Request-Headers: x-amz-target,authorization");

        assertThat(answer).startsWith("HTTP/1.1 403").doesNotContainIgnoringCase("access-control-allow");
    }

    @Test
    void crossSiteNavigationIsRefused() throws IOException {
        assertThat(send("GET", "Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site")).startsWith("HTTP/1.1 403");
    }

    @Test
    void foreignOriginOnSignedDynamoDbRequestIsRefused() throws IOException {
        String answer = send(
                "POST",
                "Host: 127.0.0.1\r\nOrigin: http://evil.example\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
                        + "Authorization: AWS4-HMAC-SHA256 Credential=a/20250101/us-east-1/dynamodb/aws4_request");

        assertThat(answer).startsWith("HTTP/1.1 403");
    }

    @Test
    void unsignedRequestIsToldHowToSend() throws IOException {
        assertThat(send("POST", "Host: localhost")).startsWith("HTTP/1.1 403").contains("AWS SDK or the AWS CLI");
    }

    @Test
    void portIsClosedOnEveryOtherInterface() throws IOException {
        assertThat(OtherInterfaces.accepting(SharedEndpoint.uri().getPort())).isEmpty();
    }

    private static String send(String method, String headers) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), SharedEndpoint.uri().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((method + " / HTTP/1.1\r\n" + headers + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
