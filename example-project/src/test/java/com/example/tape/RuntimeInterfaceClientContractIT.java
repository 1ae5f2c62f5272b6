package com.example.tape;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.marketpipeline.schema.FunctionVariables;
import io.marketpipeline.schema.StackOutputs;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged function under the runtime client that AWS runs Java functions with; it has a native part for Linux only. */
class RuntimeInterfaceClientContractIT {
    private static final String API = "/2018-06-01/runtime/";
    private static final Path CLIENT = Path.of("target", "runtime-interface-client").toAbsolutePath();

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    @TempDir
    private Path task;

    @Test
    void packagedFunctionStoresAnEventUnderAwssOwnClient() throws IOException, InterruptedException {
        unzip(Path.of("target", "market-pipeline", "function.zip"));
        events.add(
                """
                {"version":"0","id":"ric-1","source":"market.data","detail-type":"Trade Execution",
                "time":"2026-11-20T14:30:00Z","detail":{"event_id":"ric-1","exchange":"XNYS","symbol":"RIC","price":1.25,
                "volume":100}}""");
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(API, this::serve);
        server.start();
        try (Pipeline pipeline = new Pipeline()) {
            Process function = start(pipeline, server.getAddress().getPort());
            try {
                String answer = answers.poll(2, TimeUnit.MINUTES);

                assertThat(answer).contains("\"statusCode\":200", "\"outcome\":\"SUCCESS\"");
                assertThat(pipeline.rows("ric-1")).hasSize(1);
            } finally {
                function.destroyForcibly().waitFor();
            }
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private Process start(Pipeline pipeline, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        task.resolve("lib") + "/*" + File.pathSeparator + CLIENT + "/*",
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        TapeHandler.class.getName())
                .directory(task.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "runtime-interface-client.log").toFile());
        // What Lambda sets for every function
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + port,
                        "AWS_EXECUTION_ENV", "AWS_Lambda_java17",
                        "AWS_LAMBDA_FUNCTION_NAME", "tape",
                        "AWS_LAMBDA_FUNCTION_VERSION", "1",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                        "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/tape",
                        "AWS_LAMBDA_LOG_STREAM_NAME", "1",
                        "LAMBDA_TASK_ROOT", task.toString(),
                        "_HANDLER", TapeHandler.class.getName()));
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", pipeline.endpoint().toString(),
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "local",
                        "AWS_SECRET_ACCESS_KEY", "local",
                        FunctionVariables.MARKET_DATA_TABLE, pipeline.output(StackOutputs.MARKET_DATA_TABLE_NAME),
                        FunctionVariables.AUDIT_TRAIL_TABLE, pipeline.output(StackOutputs.AUDIT_TRAIL_TABLE_NAME),
                        FunctionVariables.ENVIRONMENT, "local",
                        FunctionVariables.DEAD_LETTER_QUEUE_URL, pipeline.output(StackOutputs.DEAD_LETTER_QUEUE_URL)));
        return builder.start();
    }

    /**
     * Lambda's Runtime API: hands out events and takes answers and errors. The client's native part crashes on an answer
     * without a content type.
     */
    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (exchange.getRequestURI().getPath().endsWith("/next")) {
                byte[] event = events.take().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "request-1");
                exchange.getResponseHeaders()
                        .set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 60_000));
                exchange.getResponseHeaders()
                        .set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:000000000000:function:f");
                exchange.sendResponseHeaders(200, event.length);
                exchange.getResponseBody().write(event);
            } else {
                answers.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(202, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void unzip(Path zip) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = task.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
            }
        }
    }
}
