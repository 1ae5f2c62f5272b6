package io.marketpipeline.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueBatchTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:q";

    private final QueueBatch batch = new QueueBatch(ARN, "us-east-1", 3);

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode message(String id, String body) {
        return json("{'MessageId':'" + id + "','ReceiptHandle':'r-" + id + "','Body':'" + body
                + "','MD5OfBody':'5','Attributes':{'ApproximateReceiveCount':'1'},"
                + "'MessageAttributes':{'A':{'DataType':'String','StringValue':'v'}}}");
    }

    @Test
    void payloadIsTheEventThatLambdaDocuments() throws IOException {
        batch.add(message("a", "{}"));

        assertThat(MAPPER.readTree(batch.payload()))
                .isEqualTo(json("{'Records':[{'messageId':'a','receiptHandle':'r-a','body':'{}',"
                        + "'attributes':{'ApproximateReceiveCount':'1'},"
                        + "'messageAttributes':{'A':{'dataType':'String','stringValue':'v'}},'md5OfBody':'5',"
                        + "'eventSource':'aws:sqs','eventSourceARN':'" + ARN + "','awsRegion':'us-east-1'}]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|2",
                "null|2",
                "{'batchItemFailures':[]}|2",
                "{'batchItemFailures':null}|2",
                "{'batchItemFailures':[{'itemIdentifier':'a'}]}|1",
                "{'batchItemFailures':[{'itemIdentifier':'a'},{'itemIdentifier':'b'}]}|0",
                "{'batchItemFailures':[{'itemIdentifier':'other'}]}|0",
                "{'batchItemFailures':[{'itemIdentifier':''}]}|0",
                "{'batchItemFailures':[{'itemIdentifier':null}]}|0",
                "{'batchItemFailures':[{'messageId':'a'}]}|0",
                "{'batchItemFailures':[{'itemIdentifier':'a'},{'itemIdentifier':'a'}]}|1",
                "{'batchItemFailures':[{'itemIdentifier':'a'},{'itemIdentifier':'other'}]}|0",
                "{'batchItemFailures':[{}]}|0",
                "{'batchItemFailures':'a'}|0",
                "{'batchItemFailures':{'itemIdentifier':'a'}}|0",
                "['a']|0",
                "'ok'|0",
                "not json|0"
            })
    void doneWhenAnsweredFollowsLambdasRules(String answer, int done) {
        batch.add(message("a", "{}"));
        batch.add(message("b", "{}"));

        assertThat(batch.done(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .hasSize(done);
    }

    @Test
    void isFullWhenAnotherTenMessagesWouldExceedAPayload() {
        QueueBatch large = new QueueBatch(ARN, "us-east-1", 10_000);
        large.add(message("a", "x".repeat(100_000)));
        assertThat(large.isFull()).isFalse();

        for (int i = 0; i < 40; i++) {
            large.add(message("m" + i, "x".repeat(100_000)));
        }

        assertThat(large.isFull()).isTrue();
        assertThat(large.payload().length).isLessThan(6 << 20);
    }

    @Test
    void isFullWhenItHasItsSize() {
        batch.add(message("a", "{}"));
        batch.add(message("b", "{}"));
        assertThat(batch.isFull()).isFalse();
        batch.add(message("c", "{}"));
        assertThat(batch.isFull()).isTrue();
        assertThat(batch.room()).isZero();
    }
}
