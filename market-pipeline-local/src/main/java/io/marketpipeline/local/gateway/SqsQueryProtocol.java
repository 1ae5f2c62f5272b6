package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SQS's Query protocol of 2012-11-05, which the AWS CLI spoke until the end of 2023 and Debian's still does: lists and
 * maps are flattened, so that their elements carry names of their own. From the service's public model.
 */
final class SqsQueryProtocol implements WireProtocol {
    private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";
    private static final WireProtocol QUERY = new AwsQueryProtocol();

    /** A member whose elements a form, or an answer, numbers or repeats under another name. */
    private record Flattened(String member, @Nullable String key, @Nullable String value) {
        static Flattened list(String member) {
            return new Flattened(member, null, null);
        }

        static Flattened map(String member, String key, String value) {
            return new Flattened(member, key, value);
        }
    }

    private static final Map<String, Flattened> IN_FORMS = Map.ofEntries(
            Map.entry("Attribute", Flattened.map("Attributes", "Name", "Value")),
            Map.entry("MessageAttribute", Flattened.map("MessageAttributes", "Name", "Value")),
            Map.entry("MessageSystemAttribute", Flattened.map("MessageSystemAttributes", "Name", "Value")),
            Map.entry("Tag", Flattened.map("Tags", "Key", "Value")),
            Map.entry("AttributeName", Flattened.list("AttributeNames")),
            Map.entry("MessageAttributeName", Flattened.list("MessageAttributeNames")),
            Map.entry("MessageSystemAttributeName", Flattened.list("MessageSystemAttributeNames")),
            Map.entry("TagKey", Flattened.list("TagKeys")),
            Map.entry("SendMessageBatchRequestEntry", Flattened.list("Entries")),
            Map.entry("DeleteMessageBatchRequestEntry", Flattened.list("Entries")),
            Map.entry("ChangeMessageVisibilityBatchRequestEntry", Flattened.list("Entries")));

    private static final Map<String, Flattened> IN_ANSWERS = Map.of(
            "Attributes", Flattened.map("Attribute", "Name", "Value"),
            "MessageAttributes", Flattened.map("MessageAttribute", "Name", "Value"),
            "Tags", Flattened.map("Tag", "Key", "Value"),
            "Messages", Flattened.list("Message"),
            "QueueUrls", Flattened.list("QueueUrl"),
            "queueUrls", Flattened.list("QueueUrl"),
            "Failed", Flattened.list("BatchResultErrorEntry"));

    private static final Set<String> NUMBERS =
            Set.of("DelaySeconds", "MaxNumberOfMessages", "MaxResults", "VisibilityTimeout", "WaitTimeSeconds");

    static boolean speaks(WireRequest request) {
        return request.service().equals("sqs") && AwsQueryProtocol.speaks(request);
    }

    @Override
    public Invocation read(WireRequest request) {
        Invocation flat = QUERY.read(request);
        ObjectNode input = unflattened(flat.input());
        if (flat.operation().equals("CreateQueue") && input.has("Tags")) {
            input.set("tags", input.remove("Tags"));
        }
        return new Invocation(flat.operation(), input);
    }

    private static ObjectNode unflattened(ObjectNode form) {
        ObjectNode result = Json.object();
        for (Map.Entry<String, JsonNode> field : form.properties()) {
            Flattened flattened = IN_FORMS.get(field.getKey());
            if (flattened == null) {
                result.set(field.getKey(), scalar(field.getKey(), field.getValue()));
            } else if (flattened.key() == null) {
                ArrayNode list = result.putArray(flattened.member());
                FormReader.inOrder(field.getValue())
                        .values()
                        .forEach(item -> list.add(item instanceof ObjectNode entry ? unflattened(entry) : item));
            } else {
                ObjectNode map = result.putObject(flattened.member());
                FormReader.inOrder(field.getValue())
                        .values()
                        .forEach(item -> map.set(
                                item.path(flattened.key()).asText(), item.path(String.valueOf(flattened.value()))));
            }
        }
        return result;
    }

    private static JsonNode scalar(String name, JsonNode value) {
        if (!NUMBERS.contains(name)) {
            return value;
        }
        try {
            return Json.object().put(name, Integer.parseInt(value.asText())).path(name);
        } catch (NumberFormatException e) {
            throw AwsError.of("MalformedInput", name + " must be a whole number, not '" + value.asText() + "'");
        }
    }

    @Override
    public WireAnswer answer(WireRequest request, Invocation invocation, JsonNode output, String requestId) {
        String name = invocation.operation();
        XmlText xml = new XmlText().open(name + "Response", NAMESPACE).open(name + "Result");
        write(xml, name, output);
        xml.close(name + "Result");
        xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
        return WireAnswer.of(
                200, "text/xml;charset=utf-8", xml.close(name + "Response").bytes());
    }

    private static void write(XmlText xml, String operation, JsonNode structure) {
        for (Map.Entry<String, JsonNode> member : structure.properties()) {
            Flattened flattened =
                    member.getKey().equals("Successful") || member.getKey().equals("Results")
                            ? Flattened.list(operation + "ResultEntry")
                            : IN_ANSWERS.get(member.getKey());
            if (flattened == null) {
                value(xml, operation, member.getKey(), member.getValue());
            } else if (flattened.key() == null) {
                member.getValue().forEach(item -> value(xml, operation, flattened.member(), item));
            } else {
                for (Map.Entry<String, JsonNode> entry : member.getValue().properties()) {
                    xml.open(flattened.member()).element(flattened.key(), entry.getKey());
                    value(xml, operation, String.valueOf(flattened.value()), entry.getValue());
                    xml.close(flattened.member());
                }
            }
        }
    }

    private static void value(XmlText xml, String operation, String name, JsonNode value) {
        if (value instanceof ObjectNode) {
            xml.open(name);
            write(xml, operation, value);
            xml.close(name);
        } else if (!value.isNull()) {
            xml.element(name, value.asText());
        }
    }

    @Override
    public WireAnswer error(WireRequest request, AwsError error, String requestId) {
        return QUERY.error(request, error, requestId);
    }
}
