package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeValueException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

@ExtendWith(SharedEndpoint.class)
class QueuesTest {
    private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:";
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
    void requestInTheOldProtocolIsAnsweredInIt() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(SharedEndpoint.uri())
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=a/20250101/us-east-1/sqs/aws4_request")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("Action=ListQueues&Version=2012-11-05"))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<ListQueuesResponse");
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

    @Test
    void messagesInBatchesAreSentHiddenAndDeleted() {
        String url = create("batches", Map.of());
        assertThat(sqs.sendMessageBatch(request -> request.queueUrl(url)
                                .entries(
                                        SendMessageBatchRequestEntry.builder()
                                                .id("a")
                                                .messageBody("1")
                                                .build(),
                                        SendMessageBatchRequestEntry.builder()
                                                .id("b")
                                                .messageBody("2")
                                                .build()))
                        .successful())
                .hasSize(2);
        List<Message> messages = sqs.receiveMessage(
                        request -> request.queueUrl(url).maxNumberOfMessages(10))
                .messages();
        String first = messages.get(0).receiptHandle();
        sqs.changeMessageVisibility(
                request -> request.queueUrl(url).receiptHandle(first).visibilityTimeout(60));
        assertThat(sqs.changeMessageVisibilityBatch(request -> request.queueUrl(url)
                                .entries(ChangeMessageVisibilityBatchRequestEntry.builder()
                                        .id("a")
                                        .receiptHandle(first)
                                        .visibilityTimeout(90)
                                        .build()))
                        .failed())
                .isEmpty();
        assertThat(sqs.deleteMessageBatch(request -> request.queueUrl(url)
                                .entries(DeleteMessageBatchRequestEntry.builder()
                                        .id("a")
                                        .receiptHandle(first)
                                        .build()))
                        .successful())
                .hasSize(1);
        sqs.purgeQueue(request -> request.queueUrl(url));

        assertThat(attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo("0");
        sqs.untagQueue(request -> request.queueUrl(url).tagKeys("none"));
        sqs.deleteQueue(request -> request.queueUrl(url));
        assertThatThrownBy(() -> sqs.getQueueUrl(request -> request.queueName("batches")))
                .isInstanceOf(QueueDoesNotExistException.class);
    }

    @Test
    void deadLettersMoveBackToTheirQueue() {
        String letters = create("move-letters", Map.of());
        String source = create(
                "move-source",
                Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + ARN + "move-letters\",\"maxReceiveCount\":1}"));
        sqs.sendMessage(request -> request.queueUrl(letters).messageBody("m"));
        assertThat(sqs.listDeadLetterSourceQueues(request -> request.queueUrl(letters))
                        .queueUrls())
                .containsExactly(source);

        String handle = sqs.startMessageMoveTask(
                        request -> request.sourceArn(ARN + "move-letters").destinationArn(ARN + "move-source"))
                .taskHandle();

        assertThat(handle).isNotEmpty();
        assertThat(sqs.listMessageMoveTasks(request -> request.sourceArn(ARN + "move-letters"))
                        .results())
                .isNotEmpty();
        assertThat(sqs.receiveMessage(request -> request.queueUrl(source).waitTimeSeconds(5))
                        .messages())
                .extracting(Message::body)
                .containsExactly("m");
    }

    private String attribute(String url, QueueAttributeName name) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(name))
                .attributes()
                .get(name);
    }
}
