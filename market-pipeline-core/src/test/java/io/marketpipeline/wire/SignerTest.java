package io.marketpipeline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.credentials.Credentials;
import io.marketpipeline.text.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignerTest {
    private static final Credentials CREDENTIALS =
            new Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "", null);

    private final Signer signer = new Signer("us-east-1", "service");

    record Vector(String name, List<String[]> parts, String body, String signature) {
        static Vector parse(String line) {
            String[] parts = line.split("\\|", -1);
            List<String[]> headers = new ArrayList<>();
            for (String header : parts[1].strip().split(";(?=\\S)", -1)) {
                int colon = header.indexOf(':');
                headers.add(new String[] {header.substring(0, colon), header.substring(colon + 1)});
            }
            return new Vector(parts[0].strip(), headers, parts[2].strip(), parts[3].strip());
        }

        SignedHeaders headers() {
            SignedHeaders headers = new SignedHeaders(64);
            parts.forEach(part -> headers.add(part[0], part[1]));
            return headers;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (InputStream in = Objects.requireNonNull(SignerTest.class.getResourceAsStream("sigv4-vectors.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).map(Vector::parse).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signatureIsThatOfAwsTestSuite(Vector vector) {
        String names =
                String.join(";", vector.parts.stream().map(part -> part[0]).toList());

        assertThat(signed("20150830T123600Z", vector))
                .endsWith("\r\nauthorization: AWS4-HMAC-SHA256"
                        + " Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=" + names + ", Signature=" + vector.signature + "\r\n");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signatureWhenAnotherKeyWasUsedBeforeIsStillRight(Vector vector) {
        signer.sign(
                new Credentials("OTHER", "other", "", null), "20150830T123600Z", vector.headers(), body(vector.body));
        signed("20150829T123600Z", vector);

        assertThat(signed("20150830T123600Z", vector)).endsWith(vector.signature + "\r\n");
    }

    private String signed(String time, Vector vector) {
        return signer.sign(CREDENTIALS, time, vector.headers(), body(vector.body))
                .toString();
    }

    private static Bytes body(String text) {
        return new Bytes(0).ascii(text);
    }
}
