package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IndexStagesTest {
    @Test
    void stagesWhenOneIndexIsMadeAreNone() {
        assertThat(stages(table("a"), table("a", "b"))).isEmpty();
    }

    @Test
    void stagesWhenTwoIndexesAreMadeMakeOneFirst() {
        List<IndexStages.Stage> stages = stages(table("a"), table("a", "b", "c"));

        assertThat(stages).extracting(IndexStages.Stage::what).containsExactly("Table: make index by-b");
        assertThat(indexes(stages.get(0))).containsExactly("by-a", "by-b");
        assertThat(attributes(stages.get(0))).containsExactly("id", "a", "b");
    }

    @Test
    void stagesWhenOneIndexTakesTheOthersPlaceMakeItBeforeTheOtherGoes() {
        List<IndexStages.Stage> stages = stages(table("a"), table("b"));

        assertThat(stages).extracting(IndexStages.Stage::what).containsExactly("Table: make index by-b");
        assertThat(indexes(stages.get(0))).containsExactly("by-a", "by-b");
    }

    @Test
    void stagesWhenAnIndexChangesItsKeyDeleteItFirst() {
        List<IndexStages.Stage> stages = stages(table("a"), table("a").replace("AttributeName: a", "AttributeName: z"));

        assertThat(stages).extracting(IndexStages.Stage::what).containsExactly("Table: delete index by-a");
        assertThat(indexes(stages.get(0))).isEmpty();
        assertThat(attributes(stages.get(0))).containsExactly("id");
    }

    @Test
    void stagesWhenTheTableIsReplacedAreNone() {
        assertThat(stages(table("a"), table("a", "b", "c").replace("TableName: indexed", "TableName: other")))
                .isEmpty();
    }

    @Test
    void stagesWhenTheDeployedTableIsProvisionedGiveItsThroughputToNewIndexes() {
        String provisioned = table("a")
                .replace(
                        "BillingMode: PAY_PER_REQUEST",
                        "ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 6}");

        IndexStages.Stage first = stages(provisioned, table("a", "b", "c")).get(0);

        assertThat(TemplateDocument.of(first.template())
                        .properties("Table")
                        .path("GlobalSecondaryIndexes")
                        .path(1)
                        .path("ProvisionedThroughput")
                        .path("WriteCapacityUnits")
                        .asInt())
                .isEqualTo(6);
        assertThat(first.template()).doesNotContain("&id", "*id");
    }

    @Test
    void stageChangesNothingButIndexes() {
        String before =
                table("a") + "  Role:\n    Type: AWS::IAM::Role\n    Properties: {RoleName: !Sub 'x-${Table}'}\n";
        String after = table("b").replace("Deleted: no", "Deleted: yes");

        String stage = stages(before, after).get(0).template();

        assertThat(stage).contains("RoleName: !Sub 'x-${Table}'");
    }

    /** A table with an index for each of the attributes. */
    static String table(String... attributes) {
        StringBuilder template = new StringBuilder(
                """
                Resources:
                  Table:
                    Type: AWS::DynamoDB::Table
                    Properties:
                      TableName: indexed
                      BillingMode: PAY_PER_REQUEST
                      KeySchema:
                      - {AttributeName: id, KeyType: HASH}
                      AttributeDefinitions:
                      - {AttributeName: id, AttributeType: S}
                """);
        for (String attribute : attributes) {
            template.append("      - {AttributeName: ").append(attribute).append(", AttributeType: S}\n");
        }
        template.append("      GlobalSecondaryIndexes:\n");
        for (String attribute : attributes) {
            template.append("      - IndexName: by-").append(attribute).append('\n');
            template.append("        KeySchema: [{AttributeName: ")
                    .append(attribute)
                    .append(", KeyType: HASH}]\n");
            template.append("        Projection: {ProjectionType: ALL}\n");
        }
        return template.toString();
    }

    private static List<IndexStages.Stage> stages(String deployed, String wanted) {
        return IndexStages.before(TemplateDocument.of(deployed), TemplateDocument.of(wanted));
    }

    private static List<String> indexes(IndexStages.Stage stage) {
        return TemplateDocument.of(stage.template())
                .properties("Table")
                .path("GlobalSecondaryIndexes")
                .findValuesAsText("IndexName");
    }

    private static List<String> attributes(IndexStages.Stage stage) {
        return TemplateDocument.of(stage.template())
                .properties("Table")
                .path("AttributeDefinitions")
                .findValuesAsText("AttributeName");
    }
}
