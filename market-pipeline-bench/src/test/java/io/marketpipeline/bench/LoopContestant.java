package io.marketpipeline.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The handler in the local endpoint's runtime loop, one event an invocation: this side is the Runtime API, which hands out the
 * ticks in turn. Beside the handler called in process, it shows what the loop takes.
 */
final class LoopContestant {
    private final List<byte[]> ticks;
    private final Map<String, String> environment;

    LoopContestant(List<byte[]> ticks, Map<String, String> environment) {
        this.ticks = ticks;
        this.environment = environment;
    }

    /**
     * Runs the loop's process for a while.
     *
     * @return the numbers of the measured time, as the other contestants' processes tell them
     */
    Map<String, Double> run(List<String> command, double warmSeconds, double seconds) throws IOException {
        try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            api.setSoTimeout(60_000);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.getLocalPort());
            Process process = builder.start();
            try (Socket socket = api.accept()) {
                socket.setTcpNoDelay(true);
                Map<String, Double> result =
                        new Invocations(socket).run((long) (warmSeconds * 1e9), (long) (seconds * 1e9));
                result.put("peak_kb", (double) Driver.peakKilobytes(Long.toString(process.pid())));
                return result;
            } finally {
                process.destroyForcibly();
                process.waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The Runtime API's side of one connection. */
    private final class Invocations {
        private final InputStream in;
        private final OutputStream out;
        private int number;

        Invocations(Socket socket) throws IOException {
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            out = socket.getOutputStream();
        }

        Map<String, Double> run(long warmNanos, long nanos) throws IOException {
            request(); // for the first invocation
            repeat(warmNanos, new Latencies());
            Latencies latencies = new Latencies();
            long start = System.nanoTime();
            int count = repeat(nanos, latencies);
            double taken = System.nanoTime() - start;
            Map<String, Double> result = new HashMap<>();
            result.put("events", (double) count);
            result.put("nanos", taken);
            result.put("p50", (double) latencies.nanos(50));
            result.put("p99", (double) latencies.nanos(99));
            return result;
        }

        private int repeat(long nanos, Latencies latencies) throws IOException {
            int count = 0;
            long start = System.nanoTime();
            for (long now = start; now - start < nanos; count++) {
                invoke();
                long then = System.nanoTime();
                latencies.add(then - now);
                now = then;
            }
            return count;
        }

        /** Hands an event out; its answer comes together with the request for the next one. */
        private void invoke() throws IOException {
            byte[] tick = ticks.get(number % ticks.size());
            String head = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-"
                    + (100_000_000_000L + number++) + "\r\nLambda-Runtime-Deadline-Ms: "
                    + (System.currentTimeMillis() + 30_000)
                    + "\r\nLambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:000000000000:function:bench"
                    + "\r\nContent-Length: " + tick.length + "\r\n\r\n";
            write(head, tick);
            String answered = request();
            if (!answered.contains("/response")) {
                throw new IOException("the loop's handler failed: " + answered);
            }
            write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", new byte[0]);
            request();
        }

        private void write(String head, byte[] body) throws IOException {
            byte[] ascii = head.getBytes(StandardCharsets.US_ASCII);
            byte[] all = Arrays.copyOf(ascii, ascii.length + body.length);
            System.arraycopy(body, 0, all, ascii.length, body.length);
            out.write(all);
        }

        /** Reads a request with its body; gives its first line. */
        private String request() throws IOException {
            String first = line();
            int length = 0;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            in.skipNBytes(length);
            return first;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder(80);
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("the loop's process ended");
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }
    }
}
