package com.example.tape;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.schema.DeadLetterAttributes;
import io.marketpipeline.schema.StackOutputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session with the AWS CLI, version 2, as an operator of the pipeline has it. */
class AwsCliContractIT {
    private static final String AWS = System.getProperty("contract.aws", "/usr/bin/aws");
    private static final Pattern EVENT_ID = Pattern.compile("\"EventId\": \"([^\"]+)\"");

    private static Pipeline pipeline;

    @TempDir
    private Path folder;

    @BeforeAll
    static void connect() {
        pipeline = new Pipeline();
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @Test
    void eventWhenPutIsFoundThroughSymbolIndex() {
        String eventId = put("{\\\"exchange\\\":\\\"NYSE\\\",\\\"symbol\\\":\\\"AAPL\\\",\\\"price\\\":150.25,\\\"volume\\\":1000}");

        await(() -> query("AAPL").contains(eventId));
        assertThat(query("AAPL")).contains("\"N\": \"150.25\"", "\"N\": \"1000\"", "\"S\": \"NYSE\"");
    }

    @Test
    void logsWhenTailedAndFollowedShowTheEvent() throws IOException {
        Path output = folder.resolve("tail.txt");
        Process tail = command("logs", "tail", pipeline.output(StackOutputs.LOG_GROUP_NAME), "--follow")
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String eventId = put("{\\\"exchange\\\":\\\"NYSE\\\",\\\"symbol\\\":\\\"TAIL\\\",\\\"price\\\":1.5,\\\"volume\\\":1}");

            await(() -> Files.readString(output).contains(eventId));
        } finally {
            tail.destroy();
        }
    }

    @Test
    void eventWhenInvalidIsReceivedFromTheDeadLetterQueue() {
        String eventId = put("{\\\"exchange\\\":\\\"NYSE\\\",\\\"symbol\\\":\\\"NOPRICE\\\",\\\"volume\\\":1}");

        await(() -> deadLetters().contains(eventId));
        assertThat(deadLetters()).contains(DeadLetterAttributes.REASON, "missing_price", "NOPRICE");
    }

    private static String deadLetters() {
        return aws(
                "sqs",
                "receive-message",
                "--queue-url",
                pipeline.output(StackOutputs.DEAD_LETTER_QUEUE_URL),
                "--max-number-of-messages",
                "10",
                "--visibility-timeout",
                "0",
                "--message-attribute-names",
                "All");
    }

    private static String query(String symbol) {
        return aws(
                "dynamodb",
                "query",
                "--table-name",
                pipeline.output(StackOutputs.MARKET_DATA_TABLE_NAME),
                "--index-name",
                "SymbolIndex",
                "--key-condition-expression",
                "symbol = :symbol",
                "--expression-attribute-values",
                "{\":symbol\":{\"S\":\"" + symbol + "\"}}");
    }

    private static String put(String detail) {
        String answer = aws(
                "events",
                "put-events",
                "--entries",
                """
                [
                  {
                    "Source": "market.data",
                    "DetailType": "Trade Execution",
                    "Detail": "%s",
                    "EventBusName": "%s"
                  }
                ]""".formatted(detail, pipeline.output(StackOutputs.EVENT_BUS_NAME)));
        Matcher eventId = EVENT_ID.matcher(answer);
        assertThat(eventId.find()).as(answer).isTrue();
        return eventId.group(1);
    }

    private static String aws(String... arguments) {
        try {
            Process process = command(arguments).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ProcessBuilder command(String... arguments) {
        List<String> line = new ArrayList<>(List.of(AWS, "--endpoint-url", pipeline.endpoint().toString()));
        line.addAll(List.of("--region", "us-east-1", "--output", "json"));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment()
                .putAll(Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local", "AWS_PAGER", ""));
        return builder;
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(condition);
    }
}
