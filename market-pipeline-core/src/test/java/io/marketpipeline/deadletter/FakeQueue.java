package io.marketpipeline.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A queue of SQS on loopback that takes {@code SendMessageBatch} by the JSON protocol, with AWS's limits, and fails as it is told. */
public final class FakeQueue implements AutoCloseable {
    private static final int MAX_BYTES = 1 << 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<Entry>> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Trouble> troubles = new HashMap<>();
    private String error = "";

    /** A message that was offered. */
    public record Entry(String id, String body, Map<String, String> attributes) {
        int size() {
            return utf8(body).length
                    + attributes.entrySet().stream()
                            .mapToInt(attribute ->
                                    utf8(attribute.getKey()).length + 6 + utf8(attribute.getValue()).length)
                            .sum();
        }
    }

    /** What befalls a message, and how often still. */
    private static final class Trouble {
        final String answer;
        int left;

        Trouble(String answer, int left) {
            this.answer = answer;
            this.left = left;
        }
    }

    public FakeQueue() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return endpoint() + "/000000000000/dlq";
    }

    /** The next times that this body comes, it isn't taken. */
    synchronized void refuse(String body, int times, String code, boolean senderFault) {
        troubles.put(
                body,
                new Trouble(
                        "\"Code\":\"%s\",\"Message\":\"as told\",\"SenderFault\":%s".formatted(code, senderFault),
                        times));
    }

    /** The next time that this body comes, the answer doesn't name it. */
    synchronized void passOver(String body) {
        troubles.put(body, new Trouble("", 1));
    }

    /** From now on every call fails as a whole. */
    void fail(String code) {
        error = code;
    }

    /** What each call brought. */
    List<List<Entry>> calls() {
        return calls;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestHeaders().getFirst("x-amz-target");
        List<Entry> entries = entries(request);
        calls.add(entries);
        String wrong = !error.isEmpty() ? error : wrong(target, entries);
        byte[] body = (wrong.isEmpty() ? answerTo(entries) : error(wrong)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(wrong.isEmpty() ? 200 : 400, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String error(String code) {
        return "{\"__type\":\"com.amazonaws.sqs#" + code + "\",\"message\":\"as told\"}";
    }

    private static String wrong(String target, List<Entry> entries) {
        if (!"AmazonSQS.SendMessageBatch".equals(target)) {
            return "UnsupportedOperation";
        }
        if (entries.size() > 10) {
            return "TooManyEntriesInBatchRequest";
        }
        if (entries.stream().map(Entry::id).distinct().count() < entries.size()) {
            return "BatchEntryIdsNotDistinct";
        }
        return entries.stream().mapToInt(Entry::size).sum() > MAX_BYTES ? "BatchRequestTooLong" : "";
    }

    private synchronized String answerTo(List<Entry> entries) {
        List<String> sent = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Entry entry : entries) {
            Trouble trouble = troubles.get(entry.body());
            if (trouble == null || trouble.left-- <= 0) {
                sent.add(
                        "{\"Id\":\"%s\",\"MessageId\":\"m\",\"MD5OfMessageBody\":\"%s\",\"MD5OfMessageAttributes\":\"%s\"}"
                                .formatted(entry.id(), md5(utf8(entry.body())), md5(hashed(entry.attributes()))));
            } else if (!trouble.answer.isEmpty()) {
                failed.add("{\"Id\":\"" + entry.id() + "\"," + trouble.answer + "}");
            }
        }
        return "{\"Successful\":[" + String.join(",", sent) + "],\"Failed\":[" + String.join(",", failed) + "]}";
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the digest of attributes is of (SQS developer guide, "Calculating the MD5 message digest"); 1 is for texts. */
    private static byte[] hashed(Map<String, String> attributes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        new TreeMap<>(attributes).forEach((name, value) -> {
            part(all, name);
            part(all, DeadLetterMessage.TYPE);
            all.write(1);
            part(all, value);
        });
        return all.toByteArray();
    }

    private static void part(ByteArrayOutputStream all, String text) {
        byte[] bytes = utf8(text);
        all.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        all.writeBytes(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Entry> entries(byte[] request) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(request)) {
            json.nextToken();
            Map<?, ?> fields = (Map<?, ?>) value(json);
            return ((List<?>) fields.get("Entries"))
                    .stream()
                            .map(entry -> (Map<?, ?>) entry)
                            .map(entry -> new Entry(
                                    String.valueOf(entry.get("Id")),
                                    String.valueOf(entry.get("MessageBody")),
                                    attributes((Map<?, ?>) entry.get("MessageAttributes"))))
                            .toList();
        }
    }

    private static Map<String, String> attributes(Map<?, ?> attributes) {
        return attributes.entrySet().stream()
                .collect(Collectors.toMap(
                        attribute -> String.valueOf(attribute.getKey()),
                        attribute -> String.valueOf(((Map<?, ?>) attribute.getValue()).get("StringValue"))));
    }

    private static Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                object.put(name, value(json));
            }
            return object;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(json));
            }
            return array;
        }
        return json.getText();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
