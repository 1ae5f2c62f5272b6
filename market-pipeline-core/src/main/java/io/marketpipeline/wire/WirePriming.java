package io.marketpipeline.wire;

import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/** One write, answered from memory in place of the network. */
final class WirePriming {
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-amz-crc32: 2745614147\r\n\r\n{}"
            .getBytes(StandardCharsets.US_ASCII);

    private WirePriming() {}

    static void run(Endpoint endpoint) {
        Bytes body = new Bytes(512).ascii("{");
        AuditRecord.builder(AuditStatus.SUCCESS, "prime").build().writeTo(new ItemJson.Named(body));
        body.ascii("}");
        Credentials credentials = new Credentials("prime", "prime", null, null);
        String time = AmzDate.of(0);
        String signature = new Signer(endpoint.region(), endpoint.service())
                .authorization(credentials, time, List.of(new Signer.Header("x-amz-date", time)), body);
        Bytes request = new Bytes(1024).ascii(signature).append(body);
        try (HttpConnection connection =
                new HttpConnection(null, new ByteArrayInputStream(ANSWER), OutputStream.nullOutputStream())) {
            HttpAnswer unused = connection.exchange(request, System.nanoTime() + 60_000_000_000L);
            if (endpoint.tls()) {
                // Reads the certificates of all authorities, which is the slowest part of a first connection.
                ((SSLSocketFactory) SSLSocketFactory.getDefault())
                        .createSocket()
                        .close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
