package io.marketpipeline.maven.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the function and DynamoDB and its queue on a loopback port and breaks calls as a {@link FaultPlan} says, on the wire, so
 * that whatever client the function has must cope. Plain sockets: an HTTP server would mend what is to be broken.
 */
final class FaultProxy implements AutoCloseable {
    /** Of an item, or of a statement. */
    private static final Pattern TABLE = Pattern.compile("(?:\"TableName\"\\s*:\\s*\"|INSERT INTO \\\\\")([^\"\\\\]+)");

    /** The first text is the key: of an item's attribute by name, else of a statement's parameters. */
    private static final Pattern KEY = Pattern.compile(
            "(?:\"(?:event_id|audit_id)\"\\s*:\\s*|\"Parameters\"\\s*:\\s*\\[)\\{\\s*\"S\"\\s*:\\s*\"([^\"]+)\"");

    /** Stands for the table in calls of a queue. */
    static final String QUEUE = "queue";

    private static final Map<String, String> JSON_1_0 = Map.of("Content-Type", "application/x-amz-json-1.0");

    private static final Set<String> NOT_FORWARDED =
            Set.of("host", "connection", "content-length", "expect", "transfer-encoding", "upgrade");

    private final URI upstream;
    private final Runnable killer;
    private final ServerSocket listening;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> operations = new ConcurrentHashMap<>();
    private final Map<Fault, LongAdder> injected = new EnumMap<>(Fault.class);
    private final Map<String, LongAdder> throttled = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile FaultPlan plan = FaultPlan.NOTHING;
    private volatile UnaryOperator<String> rewriting = UnaryOperator.identity();
    private volatile long lastCallNanos = System.nanoTime();

    private FaultProxy(URI upstream, Runnable killer, ServerSocket listening) {
        this.upstream = upstream;
        this.killer = killer;
        this.listening = listening;
        for (Fault fault : Fault.values()) {
            injected.put(fault, new LongAdder());
        }
    }

    /**
     * Starts a proxy without faults.
     *
     * @param upstream where calls go
     * @param killer kills the function's processes
     */
    static FaultProxy start(URI upstream, Runnable killer) throws IOException {
        ServerSocket socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        FaultProxy proxy = new FaultProxy(upstream, killer, socket);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** What happens to calls from now on; what was counted before is forgotten. */
    void plan(FaultPlan next) {
        attempts.clear();
        operations.clear();
        injected.values().forEach(LongAdder::reset);
        plan = next;
    }

    /** What the proxy makes of each call's body before DynamoDB sees it; to switch off what the function relies on. */
    void rewriting(UnaryOperator<String> next) {
        rewriting = next;
    }

    /** How often each fault was injected since the plan was made. */
    Map<Fault, Long> injected() {
        Map<Fault, Long> counts = new LinkedHashMap<>();
        injected.forEach((fault, count) -> {
            if (count.sum() > 0) {
                counts.put(fault, count.sum());
            }
        });
        return counts;
    }

    /** The operations called, such as {@code DynamoDB_20120810.PutItem market-data-dev}, each with how often. */
    Map<String, Long> operations() {
        Map<String, Long> counts = new LinkedHashMap<>();
        operations.forEach((operation, count) -> counts.put(operation, count.sum()));
        return counts;
    }

    /** How often calls of each table were throttled since the last such question. */
    Map<String, Long> takeThrottled() {
        Map<String, Long> counts = new LinkedHashMap<>();
        throttled.forEach((table, count) -> counts.put(table, count.sumThenReset()));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    /** How long no call came; nothing while none ever came. */
    Duration quiet() {
        return operations.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lastCallNanos);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listening.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16);
            for (Request request = Request.read(in); request != null; request = Request.read(in)) {
                if (!answer(request, connection)) {
                    // A reset rather than an orderly end, as a network that fails has it.
                    connection.setSoLinger(true, 0);
                    return;
                }
            }
        } catch (IOException e) {
            // The function's process has ended or given up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    /** Whether the connection lives on. */
    private boolean answer(Request request, Socket connection) throws IOException, InterruptedException {
        lastCallNanos = System.nanoTime();
        String body = new String(request.body, UTF_8);
        String target = request.headers.getOrDefault("x-amz-target", "?");
        boolean queue = target.startsWith("AmazonSQS.");
        String table = queue ? QUEUE : first(TABLE, body);
        String key = queue ? Integer.toHexString(body.hashCode()) : first(KEY, body);
        operations.computeIfAbsent(target + " " + table, any -> new LongAdder()).increment();
        int attempt = attempts.computeIfAbsent(table + " " + key, any -> new AtomicInteger())
                .getAndIncrement();
        Fault fault = plan.of(table, key, attempt);
        if (Fault.STATEMENTS.contains(fault) && !target.equals(FailedStatements.TARGET)) {
            fault = Fault.NONE;
        }
        injected.get(fault).increment();
        if (Fault.THROTTLES.contains(fault)) {
            throttled.computeIfAbsent(table, any -> new LongAdder()).increment();
        }
        if (fault.status() != 0) {
            write(connection, fault.status(), JSON_1_0, fault.body());
            return true;
        }
        switch (fault) {
            case CUT_BEFORE -> {
                return false;
            }
            case KILL_BEFORE -> {
                killer.run();
                return false;
            }
            case LATE -> closed.await(20L + Math.floorMod(key.hashCode(), 200), TimeUnit.MILLISECONDS);
            default -> {}
        }
        if (Fault.STATEMENTS.contains(fault)) {
            answerInPart(
                    request,
                    body,
                    connection,
                    FailedStatements.of(key, attempt),
                    fault == Fault.STATEMENTS_FAILED_AFTER);
            return true;
        }
        HttpResponse<byte[]> answer = forward(request, body);
        byte[] bytes = bytes(answer.statusCode(), headers(answer), answer.body());
        switch (fault) {
            case CUT_AFTER -> {
                return false;
            }
            case KILL_AFTER -> {
                killer.run();
                return false;
            }
            case NEVER_ANSWERED -> {
                closed.await(10, TimeUnit.SECONDS);
                return false;
            }
            case CUT_WITHIN -> {
                connection.getOutputStream().write(bytes, 0, bytes.length - 1);
                connection.getOutputStream().flush();
                return false;
            }
            default -> {
                connection.getOutputStream().write(bytes);
                lastCallNanos = System.nanoTime();
                return true;
            }
        }
    }

    private void answerInPart(
            Request request, String body, Socket connection, FailedStatements failed, boolean takeEffect)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = forward(request, takeEffect ? body : failed.withoutThem(body));
        String told = new String(answer.body(), UTF_8);
        write(connection, answer.statusCode(), JSON_1_0, answer.statusCode() == 200 ? failed.among(body, told) : told);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private HttpResponse<byte[]> forward(Request request, String body) throws IOException, InterruptedException {
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(upstream.resolve(request.path))
                .method(request.method, HttpRequest.BodyPublishers.ofString(rewriting.apply(body), UTF_8));
        request.headers.forEach((name, value) -> {
            if (!NOT_FORWARDED.contains(name)) {
                forwarded.header(name, value);
            }
        });
        return client.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Map<String, String> headers(HttpResponse<?> answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name)) {
                headers.put(name, values.get(0));
            }
        });
        return headers;
    }

    private static void write(Socket connection, int status, Map<String, String> headers, String body)
            throws IOException {
        connection.getOutputStream().write(bytes(status, headers, body.getBytes(UTF_8)));
    }

    private static byte[] bytes(int status, Map<String, String> headers, byte[] body) {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 " + status + " Status\r\nContent-Length: " + body.length + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(US_ASCII));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** One request as it came; header names in lower case. */
    private static final class Request {
        private final String method;
        private final String path;
        private final Map<String, String> headers;
        private final byte[] body;

        private Request(String method, String path, Map<String, String> headers, byte[] body) {
            this.method = method;
            this.path = path;
            this.headers = headers;
            this.body = body;
        }

        /** The next request; null at the end. */
        static @Nullable Request read(InputStream in) throws IOException {
            String start = line(in);
            if (start == null) {
                return null;
            }
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
                String[] parts = line.split(":", 2);
                headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
            }
            String[] parts = start.split(" ", 3);
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            return new Request(parts[0], parts[1], headers, in.readNBytes(length));
        }

        private static @Nullable String line(InputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(96);
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    return null;
                }
                if (next != '\r') {
                    line.write(next);
                }
            }
            return line.toString(US_ASCII);
        }
    }
}
