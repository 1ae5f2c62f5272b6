package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeValueException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

@ExtendWith(SharedEndpoint.class)
class QueuesTest {
    private final SqsClient sqs = SharedEndpoint.client(SqsClient.builder());

    @Test
    void queueUrlPointsAtTheEndpoint() {
        assertThat(create("url", Map.of())).isEqualTo(SharedEndpoint.uri() + "/000000000000/url");
    }

    @Test
    void attributesWhenSetReadBack() {
        String url = create(
                "attributes",
                Map.of(
                        QueueAttributeName.MESSAGE_RETENTION_PERIOD, "1209600",
                        QueueAttributeName.VISIBILITY_TIMEOUT, "90"));
        sqs.setQueueAttributes(
                request -> request.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, "{\"Version\":\"x\"}")));

        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(
                        request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();

        assertThat(attributes)
                .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "1209600")
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "90")
                .containsEntry(QueueAttributeName.POLICY, "{\"Version\":\"x\"}")
                .containsEntry(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true")
                .containsEntry(QueueAttributeName.QUEUE_ARN, "arn:aws:sqs:us-east-1:000000000000:attributes");
    }

    @Test
    void messageWithAttributesIsReceivedAndDeleted() {
        String url = create("messages", Map.of());
        MessageAttributeValue reason = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue("bad")
                .build();
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("body").messageAttributes(Map.of("R", reason)));

        List<Message> messages = sqs.receiveMessage(request ->
                        request.queueUrl(url).messageAttributeNames("All").waitTimeSeconds(5))
                .messages();

        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).messageAttributes().get("R").stringValue()).isEqualTo("bad");
        sqs.deleteMessage(
                request -> request.queueUrl(url).receiptHandle(messages.get(0).receiptHandle()));
    }

    @Test
    void tagsWhenSetReadBack() {
        String url = create("tags", Map.of());
        sqs.tagQueue(request -> request.queueUrl(url).tags(Map.of("a", "b")));

        assertThat(sqs.listQueueTags(request -> request.queueUrl(url)).tags()).containsEntry("a", "b");
    }

    @Test
    void queueWhenMissingIsTheSdksTypedException() {
        assertThatThrownBy(() -> sqs.getQueueUrl(request -> request.queueName("none")))
                .isInstanceOf(QueueDoesNotExistException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void retentionWhenOutOfRangeIsRefused() {
        assertThatThrownBy(() -> create("range", Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "59")))
                .isInstanceOf(InvalidAttributeValueException.class)
                .hasMessageContaining("MessageRetentionPeriod");
    }

    private String create(String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .queueUrl();
    }
}
