package io.marketpipeline.local.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    @Test
    void functionsGiveTheirValues() {
        assertThat(value("!Ref Name")).isEqualTo("\"tape\"");
        assertThat(value("!Ref Other")).isEqualTo("\"id-of-Other\"");
        assertThat(value("!GetAtt Other.Arn")).isEqualTo("\"Arn-of-Other\"");
        assertThat(value("!Sub '${Name}/${Other.Arn}/${!kept}'")).isEqualTo("\"tape/Arn-of-Other/${kept}\"");
        assertThat(value("!Sub ['${a}-${Name}', {a: !Ref Other}]")).isEqualTo("\"id-of-Other-tape\"");
        assertThat(value("!Join ['-', [a, !Ref Name]]")).isEqualTo("\"a-tape\"");
        assertThat(value("!Select [1, !Split [',', 'a,b']]")).isEqualTo("\"b\"");
        assertThat(value("!FindInMap [Sizes, dev, memory]")).isEqualTo("512");
        assertThat(value("!Base64 tape")).isEqualTo("\"dGFwZQ==\"");
        assertThat(value("!If [IsTape, yes, no]")).isEqualTo("\"yes\"");
        assertThat(value("!If [IsNone, yes, no]")).isEqualTo("\"no\"");
        assertThat(value("[a, !Ref 'AWS::NoValue']")).isEqualTo("[\"a\"]");
        assertThat(value("!ImportValue shared")).isEqualTo("\"export-of-shared\"");
    }

    @Test
    void wrongArgumentsAreRefusedByFunction() {
        assertThatThrownBy(() -> value("!Select [3, [a]]"))
                .hasMessage("Template error: Fn::Select cannot select nonexistent value at index 3");
        assertThatThrownBy(() -> value("!FindInMap [Sizes, dev, disk]"))
                .hasMessage("Template error: Unable to get mapping for Sizes::dev::disk");
        assertThatThrownBy(() -> value("!GetAtt Other.Nothing"))
                .hasMessage("Template error: resource Other does not support attribute type Nothing in Fn::GetAtt");
    }

    private static String value(String yaml) {
        Template template = Template.parse(
                """
                Parameters:
                  Name: {Type: String}
                Mappings:
                  Sizes: {dev: {memory: 512}}
                Conditions:
                  IsTape: !Equals [!Ref Name, tape]
                  IsNone: !And [!Not [!Condition IsTape], !Or [!Equals [a, b], !Equals [a, a]]]
                Resources:
                  Other: {Type: 'AWS::SQS::Queue'}
                  One:
                    Type: AWS::SQS::Queue
                    Properties:
                      Value: %s
                """
                        .formatted(yaml));
        return new Evaluator(template, Map.of("Name", TextNode.valueOf("tape")), new Named())
                .properties(template.resource("One"))
                .path("Value")
                .toString();
    }

    private static final class Named implements Scope {
        @Override
        public Optional<JsonNode> reference(String logicalId) {
            return Optional.of(TextNode.valueOf("id-of-" + logicalId));
        }

        @Override
        public Optional<JsonNode> attribute(String logicalId, String attribute) {
            return attribute.equals("Arn") ? Optional.of(TextNode.valueOf("Arn-of-" + logicalId)) : Optional.empty();
        }

        @Override
        public Optional<String> export(String name) {
            return Optional.of("export-of-" + name);
        }
    }
}
