package io.marketpipeline.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Two requests made beforehand, as large as ours, over a raw connection: what the machine itself takes. */
final class FloorTarget implements Target {
    private static final int BODY = 1000;

    private final byte[] request;
    private final byte[] answer = new byte[4096];
    private final InputStream in;
    private final OutputStream out;

    FloorTarget(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        request = ("POST / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-amz-target: DynamoDB_20120810.PutItem\r\nauthorization: "
                        + "x".repeat(260) + "\r\ncontent-length: " + BODY + "\r\n\r\n" + "x".repeat(BODY))
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int invoke(int number) throws IOException {
        for (int i = 0; i < 2; i++) {
            out.write(request);
            if (in.read(answer) < 0) {
                throw new IOException("the stub is gone");
            }
        }
        return 1;
    }
}
