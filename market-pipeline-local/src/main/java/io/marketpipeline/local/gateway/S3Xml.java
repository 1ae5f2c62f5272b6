package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** S3's XML documents to and from JSON. Lists are mostly flattened: their element is named in the singular. */
final class S3Xml {
    /** List members by the element that repeats; from the service's public model. */
    private static final Map<String, String> FLATTENED = Map.of(
            "Rule", "Rules",
            "Transition", "Transitions",
            "NoncurrentVersionTransition", "NoncurrentVersionTransitions",
            "Object", "Objects");

    /** List members whose items stand in an element of the list's name. */
    private static final Map<String, String> WRAPPED = Map.of("TagSet", "Tag", "Buckets", "Bucket");

    private static final Map<String, String> ELEMENTS = new HashMap<>(Map.of("Errors", "Error"));

    static {
        FLATTENED.forEach((element, member) -> ELEMENTS.put(member, element));
    }

    private S3Xml() {}

    /** Reads a document into the member that its root element names. */
    static void read(byte[] document, ObjectNode input) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            Element root = builder.parse(new ByteArrayInputStream(document)).getDocumentElement();
            input.set(root.getLocalName(), value(root));
        } catch (SAXException e) {
            throw AwsError.of("MalformedXML", "The request body is not XML: " + e.getMessage());
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("Could not read XML", e);
        }
    }

    /** Writes a structure as a document. */
    static byte[] write(String root, String namespace, JsonNode structure) {
        XmlText xml = new XmlText();
        xml.open(root, namespace);
        members(xml, structure);
        return xml.close(root).bytes();
    }

    private static JsonNode value(Element element) {
        ObjectNode structure = Json.object();
        String wrapped = WRAPPED.get(element.getLocalName());
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                String name = child.getLocalName();
                if (wrapped != null) {
                    list.add(value(child));
                } else {
                    String flattened = FLATTENED.get(name);
                    if (flattened != null) {
                        structure.withArrayProperty(flattened).add(value(child));
                    } else {
                        structure.set(name, value(child));
                    }
                }
            }
        }
        if (wrapped != null) {
            return list;
        }
        return structure.isEmpty() ? TextNode.valueOf(element.getTextContent().trim()) : structure;
    }

    private static void members(XmlText xml, JsonNode structure) {
        for (Entry<String, JsonNode> member : structure.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            String wrapped = WRAPPED.get(name);
            if (value.isArray() && wrapped != null) {
                xml.open(name);
                value.forEach(item -> element(xml, wrapped, item));
                xml.close(name);
            } else if (value.isArray()) {
                value.forEach(item -> element(xml, ELEMENTS.getOrDefault(name, name), item));
            } else {
                element(xml, name, value);
            }
        }
    }

    private static void element(XmlText xml, String name, JsonNode value) {
        if (value.isObject()) {
            xml.open(name);
            members(xml, value);
            xml.close(name);
        } else {
            xml.element(name, (Timestamps.isTimestamp(name) ? Timestamps.iso(value) : value).asText());
        }
    }
}
