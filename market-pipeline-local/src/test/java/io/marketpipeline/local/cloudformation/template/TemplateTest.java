package io.marketpipeline.local.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final String QUEUE = "Resources:\n  One:\n    Type: AWS::SQS::Queue\n";

    @Test
    void shortFormsReadAsLongForms() {
        Template yaml = Template.parse(
                QUEUE
                        + """
                    Properties:
                      A: !Ref AWS::Region
                      B: !GetAtt Two.Arn
                      C: !Sub 'x-${Two}'
                      D: !Join [ '-', [ a, !Ref Two ] ]
                  Two:
                    Type: AWS::SQS::Queue
                """);
        Template json = Template.parse(
                """
                {"Resources": {
                  "One": {"Type": "AWS::SQS::Queue", "Properties": {
                    "A": {"Ref": "AWS::Region"},
                    "B": {"Fn::GetAtt": ["Two", "Arn"]},
                    "C": {"Fn::Sub": "x-${Two}"},
                    "D": {"Fn::Join": ["-", ["a", {"Ref": "Two"}]]}}},
                  "Two": {"Type": "AWS::SQS::Queue"}}}
                """);
        assertThat(yaml.root()).isEqualTo(json.root());
        assertThat(Dependencies.of(yaml).order()).containsExactly("Two", "One");
    }

    @Test
    void circleIsRefusedWithItsMembers() {
        assertThatThrownBy(
                        () -> Template.parse(
                                """
                        Resources:
                          One: {Type: 'AWS::SQS::Queue', DependsOn: Two}
                          Two: {Type: 'AWS::SQS::Queue', Properties: {A: !Sub '${Three.Arn}'}}
                          Three: {Type: 'AWS::SQS::Queue', Properties: {A: !Ref One}}
                        """))
                .hasMessage("Circular dependency between resources: [One, Two, Three]");
    }

    @Test
    void unresolvedReferencesAreRefusedByName() {
        assertThatThrownBy(() -> Template.parse(QUEUE + "    Properties: {A: !Ref Nobody, B: !Sub '${Nothing}'}\n"))
                .hasMessage(
                        "Template format error: Unresolved resource dependencies [Nobody, Nothing] in the Resources "
                                + "block of the template");
        assertThatThrownBy(() -> Template.parse(QUEUE + "Outputs:\n  A:\n    Value: !Ref Nobody\n"))
                .hasMessageContaining("[Nobody] in the Outputs block");
        assertThatThrownBy(() -> Template.parse(QUEUE + "    Properties: {A: !GetAtt Nobody.Arn}\n"))
                .hasMessage("Template error: instance of Fn::GetAtt references undefined resource Nobody");
        assertThatThrownBy(() -> Template.parse(QUEUE + "    Condition: Never\n"))
                .hasMessageContaining("Unresolved condition dependency Never");
    }

    @Test
    void textThatIsNoTemplateIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> Template.parse("Resources: [\n"))
                .hasMessageContaining("YAML not well-formed. (line 2");
        assertThatThrownBy(() -> Template.parse("{\"Resources\": "))
                .hasMessageContaining("JSON not well-formed. (line 1");
        assertThatThrownBy(() -> Template.parse("Resources: {}\n"))
                .hasMessageContaining("At least one Resources member must be defined.");
        assertThatThrownBy(() -> Template.parse(QUEUE + "  One:\n    Type: AWS::SQS::Queue\n"))
                .hasMessageContaining("(line 4, column 3)");
        assertThatThrownBy(() -> Template.parse(QUEUE + "Resource: {}\n"))
                .hasMessage("Invalid template property or properties [Resource]");
        assertThatThrownBy(() -> Template.parse(QUEUE + "    DeletionPolicy: Keep\n"))
                .hasMessage("Template format error: Unrecognized DeletionPolicy Keep for resource One");
    }
}
