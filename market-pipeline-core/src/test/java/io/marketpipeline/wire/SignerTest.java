package io.marketpipeline.wire;

import static org.assertj.core.api.Assertions.assertThat;

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

    record Vector(String name, List<Signer.Header> headers, String body, String signature) {
        static Vector parse(String line) {
            String[] parts = line.split("\\|", -1);
            List<Signer.Header> headers = new ArrayList<>();
            for (String header : parts[1].strip().split(";(?=\\S)", -1)) {
                int colon = header.indexOf(':');
                headers.add(new Signer.Header(header.substring(0, colon), header.substring(colon + 1)));
            }
            return new Vector(parts[0].strip(), headers, parts[2].strip(), parts[3].strip());
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
        String names = String.join(
                ";", vector.headers.stream().map(Signer.Header::name).toList());

        assertThat(signer.authorization(CREDENTIALS, "20150830T123600Z", vector.headers, body(vector.body)))
                .hasToString("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=" + names + ", Signature=" + vector.signature);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signatureWhenAnotherKeyWasUsedBeforeIsStillRight(Vector vector) {
        signer.authorization(
                new Credentials("OTHER", "other", "", null), "20150830T123600Z", vector.headers, body(vector.body));
        signer.authorization(CREDENTIALS, "20150829T123600Z", vector.headers, body(vector.body));

        assertThat(signer.authorization(CREDENTIALS, "20150830T123600Z", vector.headers, body(vector.body))
                        .toString())
                .endsWith(vector.signature);
    }

    private static Bytes body(String text) {
        return new Bytes(0).ascii(text);
    }
}
