package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * AWS Query: a form with {@code Action}, lists as {@code X.member.N}, maps as {@code X.entry.N.key}; XML answers. All values
 * of a request are text.
 */
final class AwsQueryProtocol implements WireProtocol {
    private static final String XML = "text/xml;charset=utf-8";

    /** Members that are maps in answers; all else that is a JSON object is a structure. From the services' models. */
    private static final Map<String, Set<String>> MAPS = Map.of(
            "sns", Set.of("Attributes"),
            "cloudformation", Set.of("ResourceIdentifier"),
            "monitoring", Set.of("ExtendedStatistics"));

    private static final Map<String, String> NAMESPACES = Map.of(
            "cloudformation", "http://cloudformation.amazonaws.com/doc/2010-05-15/",
            "iam", "https://iam.amazonaws.com/doc/2010-05-08/",
            "monitoring", "http://monitoring.amazonaws.com/doc/2010-08-01/",
            "sns", "http://sns.amazonaws.com/doc/2010-03-31/",
            "sts", "https://sts.amazonaws.com/doc/2011-06-15/");

    static boolean speaks(WireRequest request) {
        return request.contentType().startsWith("application/x-www-form-urlencoded")
                || request.query().containsKey("Action");
    }

    @Override
    public Invocation read(WireRequest request) {
        Map<String, String> form = new TreeMap<>(request.query());
        form.putAll(WireRequest.parameters(new String(request.body(), StandardCharsets.UTF_8)));
        String action = form.remove("Action");
        form.remove("Version");
        form.keySet().removeIf(name -> name.startsWith("X-Amz-"));
        if (action == null) {
            throw AwsError.of("MissingAction", "The request has no Action parameter");
        }
        return new Invocation(action, FormReader.read(form));
    }

    @Override
    public WireAnswer answer(WireRequest request, Invocation invocation, JsonNode output, String requestId) {
        String name = invocation.operation();
        XmlText xml = new XmlText();
        xml.open(name + "Response", NAMESPACES.getOrDefault(request.service(), ""));
        xml.open(name + "Result");
        write(xml, MAPS.getOrDefault(request.service(), Set.of()), output);
        xml.close(name + "Result");
        xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
        xml.close(name + "Response");
        return WireAnswer.of(200, XML, xml.bytes());
    }

    @Override
    public WireAnswer error(WireRequest request, AwsError error, String requestId) {
        XmlText xml = new XmlText();
        xml.open("ErrorResponse", NAMESPACES.getOrDefault(request.service(), ""));
        xml.open("Error")
                .element("Type", error.senderFault() ? "Sender" : "Receiver")
                .element("Code", ErrorCodes.queryCode(request.service(), error.code()))
                .element("Message", error.message())
                .close("Error");
        xml.element("RequestId", requestId);
        xml.close("ErrorResponse");
        return WireAnswer.of(error.httpStatus(), XML, xml.bytes());
    }

    private static void write(XmlText xml, Set<String> maps, JsonNode structure) {
        for (Map.Entry<String, JsonNode> member : structure.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (value.isNull()) {
                continue;
            }
            if (value instanceof ObjectNode && maps.contains(name)) {
                xml.open(name);
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    xml.open("entry").element("key", entry.getKey());
                    value(xml, maps, "value", entry.getValue());
                    xml.close("entry");
                }
                xml.close(name);
            } else {
                value(xml, maps, name, value);
            }
        }
    }

    private static void value(XmlText xml, Set<String> maps, String name, JsonNode value) {
        if (value instanceof ObjectNode) {
            xml.open(name);
            write(xml, maps, value);
            xml.close(name);
        } else if (value instanceof ArrayNode) {
            xml.open(name);
            for (JsonNode item : value) {
                value(xml, maps, "member", Timestamps.isTimestamp(name) ? Timestamps.iso(item) : item);
            }
            xml.close(name);
        } else {
            xml.element(name, (Timestamps.isTimestamp(name) ? Timestamps.iso(value) : value).asText());
        }
    }
}
