package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sns.model.Topic;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

@ExtendWith(SharedEndpoint.class)
class NotificationsTest {
    private final SnsClient sns = SharedEndpoint.client(SnsClient.builder());
    private final SqsClient sqs = SharedEndpoint.client(SqsClient.builder());

    @Test
    void messageWhenPublishedReachesSubscribedQueue() {
        String url = sqs.createQueue(request -> request.queueName("subscriber")).queueUrl();
        String topic = sns.createTopic(request -> request.name("news")).topicArn();
        sns.subscribe(request ->
                request.topicArn(topic).protocol("sqs").endpoint("arn:aws:sqs:us-east-1:000000000000:subscriber"));

        sns.publish(request -> request.topicArn(topic).subject("s").message("<hello & co>"));

        List<Message> messages = sqs.receiveMessage(
                        request -> request.queueUrl(url).waitTimeSeconds(5))
                .messages();
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).body())
                .contains("\"Message\":\"<hello & co>\"")
                .contains("\"Subject\":\"s\"");
    }

    @Test
    void attributesWhenSetReadBack() {
        String topic = sns.createTopic(request -> request.name("attributes").attributes(Map.of("DisplayName", "Tape")))
                .topicArn();
        sns.setTopicAttributes(
                request -> request.topicArn(topic).attributeName("Policy").attributeValue("{}"));

        assertThat(sns.getTopicAttributes(request -> request.topicArn(topic)).attributes())
                .containsEntry("DisplayName", "Tape")
                .containsEntry("Policy", "{}")
                .containsEntry("TopicArn", topic);
    }

    @Test
    void topicWhenMissingIsTheSdksTypedException() {
        assertThatThrownBy(() -> sns.publish(request -> request.topicArn("arn:aws:sns:us-east-1:000000000000:none")
                        .message("m")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void subscriptionLivesThroughAllItsOperations() {
        String topic = sns.createTopic(request -> request.name("subscribed")).topicArn();
        sns.tagResource(request -> request.resourceArn(topic)
                .tags(Tag.builder().key("a").value("b").build()));
        String subscription = sns.subscribe(request ->
                        request.topicArn(topic).protocol("sqs").endpoint("arn:aws:sqs:us-east-1:000000000000:any"))
                .subscriptionArn();

        assertThat(sns.listSubscriptions().subscriptions())
                .extracting(Subscription::subscriptionArn)
                .contains(subscription);
        assertThat(sns.listSubscriptionsByTopic(request -> request.topicArn(topic))
                        .subscriptions())
                .hasSize(1);
        assertThat(sns.listTagsForResource(request -> request.resourceArn(topic))
                        .tags())
                .hasSize(1);
        assertThat(sns.listTopics().topics()).extracting(Topic::topicArn).contains(topic);

        sns.unsubscribe(request -> request.subscriptionArn(subscription));
        sns.untagResource(request -> request.resourceArn(topic).tagKeys("a"));
        assertThat(sns.listSubscriptionsByTopic(request -> request.topicArn(topic))
                        .subscriptions())
                .isEmpty();
        sns.deleteTopic(request -> request.topicArn(topic));
        assertThatThrownBy(() -> sns.getTopicAttributes(request -> request.topicArn(topic)))
                .isInstanceOf(NotFoundException.class);
    }
}
