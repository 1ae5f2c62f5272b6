package io.marketpipeline.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqsQueryProtocolTest {
    private final WireProtocol protocol = new SqsQueryProtocol();

    @Test
    void formWhenFlattenedReadsAsTheJsonProtocolsInput() {
        assertThat(read("Action=ReceiveMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2Fq%2F1&MaxNumberOfMessages=10"
                                + "&AttributeName.1=All&MessageAttributeName.1=A&MessageAttributeName.2=B")
                        .input())
                .isEqualTo(Json.read(
                        """
                        {"QueueUrl":"http://q/1","MaxNumberOfMessages":10,"AttributeNames":["All"],
                        "MessageAttributeNames":["A","B"]}"""
                                .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void mapsInFormsAreReadByTheirNames() {
        assertThat(read("Action=CreateQueue&QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5"
                                + "&Tag.1.Key=Team&Tag.1.Value=Tape")
                        .input())
                .isEqualTo(Json.read(
                        """
                        {"QueueName":"q","Attributes":{"DelaySeconds":"5"},"tags":{"Team":"Tape"}}"""
                                .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void entriesOfBatchesKeepTheirMessageAttributes() {
        assertThat(read("Action=SendMessageBatch&SendMessageBatchRequestEntry.1.Id=a"
                                + "&SendMessageBatchRequestEntry.1.MessageBody=x"
                                + "&SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=Reason"
                                + "&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType=String"
                                + "&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue=late")
                        .input())
                .isEqualTo(Json.read(
                        """
                        {"Entries":[{"Id":"a","MessageBody":"x",
                        "MessageAttributes":{"Reason":{"DataType":"String","StringValue":"late"}}}]}"""
                                .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void answerRepeatsElementsUnderTheirNames() {
        WireProtocol.Invocation invocation = read("Action=ReceiveMessage");
        byte[] output =
                """
                {"Messages":[{"Body":"<x>","Attributes":{"SentTimestamp":"1"},
                "MessageAttributes":{"Reason":{"DataType":"String","StringValue":"late"}}}]}"""
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(new String(
                        protocol.answer(request(""), invocation, Json.read(output), "r-1")
                                .body(),
                        StandardCharsets.UTF_8))
                .contains(
                        "<ReceiveMessageResult><Message><Body>&lt;x&gt;</Body>"
                                + "<Attribute><Name>SentTimestamp</Name><Value>1</Value></Attribute>"
                                + "<MessageAttribute><Name>Reason</Name><Value><DataType>String</DataType>"
                                + "<StringValue>late</StringValue></Value></MessageAttribute></Message></ReceiveMessageResult>");
    }

    private WireProtocol.Invocation read(String form) {
        return protocol.read(request(form));
    }

    private static WireRequest request(String form) {
        return new WireRequest(
                "sqs",
                "POST",
                "/",
                Map.of(),
                Map.of("content-type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8));
    }
}
