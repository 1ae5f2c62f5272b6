package io.marketpipeline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.marketpipeline.text.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Answers too large to be scripted; the others are those of the service's calls. */
class HttpConnectionTest {
    private static final int MAX_BODY = 8 << 20;

    private static HttpAnswer answer(byte[] body) throws IOException {
        byte[] head = "HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        SequenceInputStream in =
                new SequenceInputStream(new ByteArrayInputStream(head), new ByteArrayInputStream(body));
        try (HttpConnection connection = new HttpConnection(new LimitedSocket(), in, OutputStream.nullOutputStream())) {
            return connection.exchange(new Bytes(1), System.nanoTime() + 60_000_000_000L, null);
        }
    }

    @Test
    void answerToTheEndOfTheConnectionIsReadUpToTheLargest() throws IOException {
        assertThat(answer(new byte[MAX_BODY]).body()).hasSize(MAX_BODY);
    }

    @Test
    void answerToTheEndOfTheConnectionThatIsLargerIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> answer(new byte[MAX_BODY + 1]))
                .withMessageContaining("didn't end after them");
    }
}
