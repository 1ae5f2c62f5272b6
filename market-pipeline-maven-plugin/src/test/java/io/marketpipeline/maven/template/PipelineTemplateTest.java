package io.marketpipeline.maven.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.schema.FunctionVariables;
import io.marketpipeline.schema.StackOutputs;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineTemplateTest {
    private static final CodeArtifact CODE = new CodeArtifact("ab".repeat(32));

    @Test
    void outputsWhenMinimalHaveTheOriginalsThirteen() {
        assertThat(template(Configurations.minimal()).outputKeys())
                .contains(
                        StackOutputs.EVENT_BUS_NAME,
                        StackOutputs.EVENT_BUS_ARN,
                        StackOutputs.FUNCTION_NAME,
                        StackOutputs.FUNCTION_ARN,
                        StackOutputs.MARKET_DATA_TABLE_NAME,
                        StackOutputs.MARKET_DATA_TABLE_ARN,
                        StackOutputs.AUDIT_TRAIL_TABLE_NAME,
                        StackOutputs.AUDIT_TRAIL_TABLE_ARN,
                        StackOutputs.DEAD_LETTER_QUEUE_URL,
                        StackOutputs.DEAD_LETTER_QUEUE_ARN,
                        StackOutputs.LOG_GROUP_NAME,
                        StackOutputs.TRADE_EVENTS_RULE_ARN,
                        StackOutputs.QUOTE_EVENTS_RULE_ARN);
    }

    /** EventBridge takes 512 characters, and its pattern three times as many. */
    @Test
    void ruleWhenItsDetailTypesFillThePatternIsDescribedByTheirNumber() {
        List<String> types = IntStream.range(0, 15)
                .mapToObj(i -> "%02d".formatted(i) + "x".repeat(126))
                .toList();
        PipelineConfig config = Configurations.read(
                "dev",
                Configurations.handlerOnly()
                        .element(Element.list("rules")
                                .element(Element.group("rule")
                                        .value("name", "all-events")
                                        .value("kind", "trade")
                                        .values("detailTypes", "detailType", types)
                                        .build())
                                .build())
                        .build());

        assertThat(properties(config, "AllEventsRule"))
                .containsEntry("Description", "Hands events of 15 detail types to the function");
        assertThat(properties(Configurations.minimal(), "TradeEventsRule"))
                .containsEntry("Description", "Hands Trade Execution, Trade Update to the function");
    }

    @Test
    void versionWhenNothingChangesKeepsItsLogicalId() {
        assertThat(version(Configurations.minimal(), CODE)).isEqualTo(version(Configurations.minimal(), CODE));
    }

    @Test
    void versionWhenCodeChangesHasAnotherLogicalId() {
        assertThat(version(Configurations.minimal(), new CodeArtifact("cd".repeat(32))))
                .isNotEqualTo(version(Configurations.minimal(), CODE));
    }

    @Test
    void versionWhenTheFunctionChangesHasAnotherLogicalId() {
        PipelineConfig larger = Configurations.read("dev", function("memory", "1024"));

        assertThat(version(larger, CODE)).isNotEqualTo(version(Configurations.minimal(), CODE));
    }

    /** Lambda would answer that it has published this version already. */
    @Test
    void versionWhenOnlyTagsOrConcurrencyChangeKeepsItsLogicalId() {
        PipelineConfig limited = Configurations.read("dev", function("reservedConcurrency", "10"));
        PipelineConfig tagged = Configurations.read(
                "dev",
                Configurations.handlerOnly().map("tags", Map.of("Team", "Tape")).build());

        assertThat(version(limited, CODE)).isEqualTo(version(Configurations.minimal(), CODE));
        assertThat(version(tagged, CODE)).isEqualTo(version(Configurations.minimal(), CODE));
    }

    @Test
    void rolesActionsWhenBufferedTakeFromTheQueueAndOtherwiseDoNot() {
        List<String> taking = List.of("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage");

        assertThat(actions(Configurations.buffered())).containsAll(taking);
        assertThat(actions(Configurations.minimal())).doesNotContainAnyElementsOf(taking);
    }

    @Test
    void targetWhenDeliveryChangesKeepsItsIdSoThatNoEventFallsBetween() {
        assertThat(targets(Configurations.buffered()))
                .extracting(target -> target.get("Id"))
                .isEqualTo(targets(Configurations.minimal()).stream()
                        .map(target -> target.get("Id"))
                        .toList());
        assertThat(targets(Configurations.buffered()))
                .extracting(target -> String.valueOf(target.get("Arn")))
                .allMatch(arn -> arn.contains("EventQueue"));
    }

    @Test
    void templateWhenDrainingSendsDirectlyAndKeepsTheQueue() {
        PipelineConfig draining = Configurations.read(
                "dev",
                Configurations.handlerOnly().value("delivery", "draining").build());

        assertThat(targets(draining)).isEqualTo(targets(Configurations.minimal()));
        assertThat(resources(draining))
                .containsKeys("EventQueue", "EventQueuePolicy", "EventQueueMapping")
                .containsKeys("AllowEventBridgeTradeInvoke");
    }

    @Test
    void queueWhenTimeoutAndWindowChangeHidesMessagesSixTimeoutsAndTheWindow() {
        PipelineConfig slow = Configurations.read(
                "dev",
                Element.group("configuration")
                        .value("delivery", "buffered")
                        .element(Element.group("queue").value("window", "5").build())
                        .element(Element.group("function")
                                .value("handler", "com.example.tape.TapeHandler")
                                .value("timeout", "60")
                                .build())
                        .build());

        assertThat(properties(slow, "EventQueue")).containsEntry("VisibilityTimeout", "365");
        assertThat(String.valueOf(properties(slow, "EventQueue").get("RedrivePolicy")))
                .contains("maxReceiveCount=5");
    }

    @Test
    void functionWhenIndexesHaveShardsIsToldSo() {
        PipelineConfig sharded = Configurations.read(
                "dev",
                Configurations.handlerOnly()
                        .element(Element.group("tables")
                                .value("indexShards", "8")
                                .build())
                        .build());

        assertThat(template(sharded).yaml()).contains(FunctionVariables.INDEX_SHARDS + ": '8'");
        assertThat(template(Configurations.minimal()).yaml()).doesNotContain(FunctionVariables.INDEX_SHARDS);
    }

    @Test
    void indexesWhenProjectedToKeysHoldKeysOnly() {
        PipelineConfig narrow = Configurations.read(
                "dev",
                Configurations.handlerOnly()
                        .element(Element.group("tables")
                                .value("indexProjection", "keys")
                                .build())
                        .build());

        assertThat(template(narrow).yaml())
                .contains("ProjectionType: KEYS_ONLY")
                .doesNotContain("ProjectionType: ALL");
        assertThat(template(Configurations.minimal()).yaml()).doesNotContain("KEYS_ONLY");
    }

    @Test
    void auditTableWhenItsIndexIsLeftOutHasNeitherKeyNorAlarmNorMetricOfIt() {
        PipelineConfig bare = Configurations.read(
                "dev",
                Configurations.handlerOnly()
                        .element(Element.group("audit").value("index", "false").build())
                        .build());

        assertThat(properties(bare, LogicalIds.AUDIT_TRAIL_TABLE)).doesNotContainKey("GlobalSecondaryIndexes");
        assertThat(String.valueOf(properties(bare, LogicalIds.AUDIT_TRAIL_TABLE).get("AttributeDefinitions")))
                .doesNotContain("event_type");
        assertThat(template(bare).yaml()).doesNotContain("EventTypeIndex", "event-type-index");
        assertThat(template(Configurations.minimal()).yaml()).contains("EventTypeIndex", "event-type-index");
    }

    @Test
    void roleWhenAccessIsLeastMayOnlyPut() {
        assertThat(actions(Configurations.minimal()))
                .contains("dynamodb:PartiQLInsert", "dynamodb:PutItem", "sqs:SendMessage", "logs:CreateLogStream")
                .doesNotContain("dynamodb:Query", "dynamodb:UpdateItem", "logs:CreateLogGroup");
    }

    @Test
    void roleWhenAccessIsOriginalMayWhatTheOriginalGranted() {
        PipelineConfig original = Configurations.read(
                "dev", Configurations.handlerOnly().value("access", "original").build());

        assertThat(actions(original))
                .contains(
                        "dynamodb:PutItem",
                        "dynamodb:GetItem",
                        "dynamodb:Query",
                        "dynamodb:UpdateItem",
                        "logs:CreateLogGroup");
    }

    @Test
    void alarmWhenNoTradingHoursAreSetDoesNotWatchTheFlow() {
        assertThat(template(Configurations.minimal()).resourceTypes()).doesNotContainKey("StoppedFlowAlarm");
        assertThat(template(Configurations.prod()).yaml())
                .contains("DAY(m1) >= 1 AND DAY(m1) <= 5 AND HOUR(m1) * 60 + MINUTE(m1) >= 810");
    }

    @Test
    void archiveWhenSwitchedOffIsNeitherResourceNorOutput() {
        Template template = template(Configurations.read(
                "dev",
                Configurations.handlerOnly()
                        .element(Element.group("archive")
                                .value("enabled", "false")
                                .build())
                        .build()));

        assertThat(template.resourceTypes()).doesNotContainValue("AWS::Events::Archive");
        assertThat(template.outputKeys()).doesNotContain(StackOutputs.ARCHIVE_ARN);
    }

    @Test
    void keyWhenTheUserHasOneIsNotMade() {
        String arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        Template template = template(Configurations.read(
                "dev",
                Configurations.handlerOnly()
                        .element(Element.group("tables")
                                .value("encryption", "customer")
                                .value("keyArn", arn)
                                .build())
                        .build()));

        assertThat(template.resourceTypes()).doesNotContainValue("AWS::KMS::Key");
        assertThat(template.yaml()).contains("KMSMasterKeyId: " + arn).contains("KmsMasterKeyId: " + arn);
    }

    /** Every text that a YAML 1.1 reader would take for something else is quoted. */
    @Test
    void yamlWhenTextLooksLikeAnotherTypeQuotesIt() {
        Properties texts = new Properties();
        for (String text : List.of("2012-10-17", "on", "No", "1", "1e3", "", "null", "~", "a: b", "a #b", "*", "-x")) {
            texts.with("k" + texts.entries().size(), text);
        }

        assertThat(TemplateYaml.write(texts).lines()).allMatch(line -> line.matches("k\\d+: '.*'"));
    }

    private static String version(PipelineConfig config, CodeArtifact code) {
        return PipelineTemplate.of(config, code).resourceTypes().entrySet().stream()
                .filter(resource -> resource.getValue().equals("AWS::Lambda::Version"))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static List<String> actions(PipelineConfig config) {
        Resource role = template(config).resource(LogicalIds.ROLE).orElseThrow();
        return TemplateYaml.write(role.properties())
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("- [a-z]+:[A-Z].*"))
                .map(line -> line.substring(2))
                .toList();
    }

    @SuppressWarnings("unchecked") // A template's resources are maps.
    private static Map<String, Map<String, Object>> resources(PipelineConfig config) {
        return (Map<String, Map<String, Object>>)
                TemplateParser.parse(template(config).yaml()).get("Resources");
    }

    @SuppressWarnings("unchecked") // A resource's properties are a map.
    private static Map<String, Object> properties(PipelineConfig config, String logicalId) {
        return (Map<String, Object>) resources(config).get(logicalId).get("Properties");
    }

    @SuppressWarnings("unchecked") // A rule's targets are a list of maps.
    private static List<Map<String, Object>> targets(PipelineConfig config) {
        return resources(config).values().stream()
                .filter(resource -> resource.get("Type").equals("AWS::Events::Rule"))
                .flatMap(rule -> ((List<Map<String, Object>>)
                                ((Map<String, Object>) rule.get("Properties")).get("Targets"))
                        .stream())
                .toList();
    }

    private static Element function(String name, String value) {
        return Element.group("configuration")
                .element(Element.group("function")
                        .value("handler", "com.example.tape.TapeHandler")
                        .value(name, value)
                        .build())
                .build();
    }

    private static Template template(PipelineConfig config) {
        return PipelineTemplate.of(config, CODE);
    }
}
