package io.marketpipeline.local.cloudformation.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.resource.ResourceSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class DriftComparisonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void valueThatDiffersIsNotEqual() {
        assertThat(differences("{MemorySize: 512}", "{MemorySize: 1024}"))
                .containsExactly("NOT_EQUAL /MemorySize 512 1024");
    }

    @Test
    void propertyThatTheTemplateDoesNotNameIsIgnored() {
        assertThat(differences("{MemorySize: 512}", "{MemorySize: 512, Timeout: 3}"))
                .isEmpty();
    }

    @Test
    void propertyThatIsGoneIsRemoved() {
        assertThat(differences("{Description: a}", "{}")).containsExactly("REMOVE /Description a ");
    }

    @Test
    void memberOfAnObjectThatTheTemplateDoesNotNameIsIgnored() {
        assertThat(differences("{LoggingConfig: {LogFormat: Text}}", "{LoggingConfig: {LogFormat: Text, LogGroup: g}}"))
                .isEmpty();
    }

    @Test
    void variableThatSomebodyAddedIsAdded() {
        assertThat(differences("{Environment: {Variables: {A: '1'}}}", "{Environment: {Variables: {A: '1', B: '2'}}}"))
                .containsExactly("ADD /Environment/Variables/B  2");
    }

    @Test
    void listInAnotherOrderIsTheSame() {
        assertThat(differences(
                        "{Tags: [{Key: a, Value: '1'}, {Key: b, Value: '2'}]}",
                        "{Tags: [{Key: b, Value: '2'}, {Key: a, Value: '1'}]}"))
                .isEmpty();
    }

    @Test
    void elementsOfAListArePairedByTheirKey() {
        assertThat(differences(
                        "{Tags: [{Key: a, Value: '1'}, {Key: b, Value: '2'}]}",
                        "{Tags: [{Key: c, Value: '3'}, {Key: b, Value: '4'}]}"))
                .containsExactlyInAnyOrder(
                        "REMOVE /Tags/0 {\"Key\":\"a\",\"Value\":\"1\"} ",
                        "NOT_EQUAL /Tags/1/Value 2 4",
                        "ADD /Tags/0  {\"Key\":\"c\",\"Value\":\"3\"}");
    }

    @Test
    void numbersAreComparedByValue() {
        assertThat(differences("{Timeout: 5}", "{Timeout: 5.0}")).isEmpty();
    }

    @Test
    void jsonTextIsComparedByWhatItSays() {
        assertThat(differences("{Description: '{\"a\": 1}'}", "{Description: '{\"a\":1}'}"))
                .isEmpty();
    }

    private static List<String> differences(String expected, String actual) {
        return DriftComparison.of(
                        object(expected),
                        object(actual),
                        ResourceSchema.of("AWS::Lambda::Function").orElseThrow().properties())
                .stream()
                .map(value ->
                        value.type() + " " + value.path() + " " + text(value.expected()) + " " + text(value.actual()))
                .toList();
    }

    private static String text(JsonNode value) {
        if (value instanceof MissingNode) {
            return "";
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static ObjectNode object(String yaml) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }
}
