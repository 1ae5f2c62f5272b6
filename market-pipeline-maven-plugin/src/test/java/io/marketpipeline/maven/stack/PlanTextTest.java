package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private static final String TABLE = "AWS::DynamoDB::Table";
    private static final Plan PLAN = new Plan(
            "market-pipeline-dev",
            false,
            List.of(
                    new Change(
                            Change.Kind.ADD,
                            "Alarm",
                            "",
                            "AWS::CloudWatch::Alarm",
                            List.of(),
                            false,
                            List.of(new PropertyChange("Threshold", Optional.empty(), Optional.of("5"), false))),
                    new Change(
                            Change.Kind.MODIFY,
                            "Function",
                            "f",
                            "AWS::Lambda::Function",
                            List.of("MemorySize"),
                            false,
                            List.of(new PropertyChange("MemorySize", Optional.of("512"), Optional.of("1024"), false))),
                    new Change(
                            Change.Kind.REPLACE,
                            "MarketDataTable",
                            "market-data-dev",
                            TABLE,
                            List.of("KeySchema"),
                            false,
                            List.of(new PropertyChange(
                                    "KeySchema.0.AttributeName", Optional.of("id"), Optional.of("key"), true))),
                    new Change(
                            Change.Kind.REMOVE,
                            "FunctionVersion1",
                            "1",
                            "AWS::Lambda::Version",
                            List.of(),
                            true,
                            List.of())),
            List.of(),
            List.of());

    @Test
    void textGroupsChangesAndSetsDataLossApart() {
        assertThat(PlanText.plain(PLAN))
                .isEqualTo(
                        """
                        !!! DATA LOSS: deploy refuses this unless told -DallowDataLoss
                        !!!  MarketDataTable (AWS::DynamoDB::Table market-data-dev) would be REPLACED because of KeySchema: the new one is empty, the old one with its rows or audit records is deleted
                        Added:
                          + Alarm  AWS::CloudWatch::Alarm
                              Threshold: 5
                        Changed in place:
                          ~ Function  AWS::Lambda::Function  (MemorySize)
                              MemorySize: 512 -> 1024
                        Replaced:
                          ! MarketDataTable  AWS::DynamoDB::Table  REPLACED: a new one is made, the old one goes  (KeySchema)
                              KeySchema.0.AttributeName: id -> key  (forces replacement)
                        No longer in the stack, but kept:
                          - FunctionVersion1  AWS::Lambda::Version  leaves the stack and is kept
                        Plan for stack market-pipeline-dev: 1 to add, 1 to change in place, 1 to replace, 0 to delete, 1 to let go of and keep; 1 of them LOSE DATA
                        """);
    }

    @Test
    void textOfNothingSaysSo() {
        assertThat(PlanText.plain(Plan.nothing("s"))).isEqualTo("No changes: stack s is up to date\n");
    }

    @Test
    void jsonHasWhatAScriptAndACommentNeed() {
        ObjectNode json = PlanFile.json(PLAN, "dev", "us-east-1");

        assertThat(json.path("changes").asBoolean()).isTrue();
        assertThat(json.path("dataLoss").asBoolean()).isTrue();
        assertThat(json.at("/count/replace").asInt()).isEqualTo(1);
        assertThat(json.at("/resources/1/properties/0/before").asText()).isEqualTo("512");
        assertThat(json.at("/resources/3/action").asText()).isEqualTo("keep");
        assertThat(json.path("markdown").asText()).contains("**Loses data.**", "MemorySize: 512 -> 1024");
    }
}
