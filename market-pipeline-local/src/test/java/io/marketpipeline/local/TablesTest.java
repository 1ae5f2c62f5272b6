package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsAction;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

@ExtendWith(SharedEndpoint.class)
class TablesTest {
    private final DynamoDbClient dynamoDb = SharedEndpoint.client(DynamoDbClient.builder());
    private String table = "";

    @BeforeEach
    void createTable(TestInfo test) {
        table = test.getTestMethod().orElseThrow().getName();
        dynamoDb.createTable(request -> request.tableName(table)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .sseSpecification(encryption -> encryption.enabled(true))
                .deletionProtectionEnabled(true)
                .tags(Tag.builder().key("Project").value("tape").build()));
    }

    @Test
    void settingsWhenTableIsCreatedReadBack() {
        TableDescription description = describe();

        assertThat(description.tableArn()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/" + table);
        assertThat(description.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(description.sseDescription().sseTypeAsString()).isEqualTo("KMS");
        assertThat(description.deletionProtectionEnabled()).isTrue();
        assertThat(dynamoDb.listTagsOfResource(request -> request.resourceArn(description.tableArn()))
                        .tags())
                .containsExactly(Tag.builder().key("Project").value("tape").build());
    }

    @Test
    void deleteTableWhenProtectedIsRefusedUntilProtectionIsLifted() {
        assertThatThrownBy(() -> dynamoDb.deleteTable(request -> request.tableName(table)))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("protected against deletion");

        dynamoDb.updateTable(request -> request.tableName(table).deletionProtectionEnabled(false));
        dynamoDb.deleteTable(request -> request.tableName(table));

        assertThatThrownBy(this::describe).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void recoveryWhenSetReadsBack() {
        dynamoDb.updateContinuousBackups(request -> request.tableName(table)
                .pointInTimeRecoverySpecification(
                        recovery -> recovery.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(7)));

        PointInTimeRecoveryDescription recovery = dynamoDb.describeContinuousBackups(
                        request -> request.tableName(table))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription();
        assertThat(recovery.pointInTimeRecoveryStatusAsString()).isEqualTo("ENABLED");
        assertThat(recovery.recoveryPeriodInDays()).isEqualTo(7);
    }

    @Test
    void conditionalPutWhenRowExistsFailsWithTheOldRow() {
        Map<String, AttributeValue> row =
                Map.of("id", AttributeValue.fromS("1"), "price", AttributeValue.fromN("1.50"));
        dynamoDb.putItem(request -> request.tableName(table).item(row));

        assertThatThrownBy(() -> dynamoDb.putItem(request -> request.tableName(table)
                        .item(row)
                        .conditionExpression("attribute_not_exists(id)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .isInstanceOfSatisfying(
                        ConditionalCheckFailedException.class,
                        e -> assertThat(e.item().get("price").n()).isEqualTo("1.5"));
    }

    @Test
    void tagsWhenChangedReadBack() {
        String arn = describe().tableArn();
        dynamoDb.tagResource(request -> request.resourceArn(arn)
                .tags(Tag.builder().key("Team").value("data").build()));
        dynamoDb.untagResource(request -> request.resourceArn(arn).tagKeys("Project"));

        assertThat(dynamoDb.listTagsOfResource(request -> request.resourceArn(arn))
                        .tags())
                .extracting(Tag::key)
                .containsExactly("Team");
    }

    @Test
    void timeToLiveWhenSetReadsBack() {
        dynamoDb.updateTimeToLive(
                request -> request.tableName(table).timeToLiveSpecification(ttl -> ttl.attributeName("expiration_time")
                        .enabled(true)));

        assertThat(dynamoDb.describeTimeToLive(request -> request.tableName(table))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("expiration_time");
    }

    @Test
    void operationWhenLeftOutIsRefusedByName() {
        assertThatThrownBy(() -> dynamoDb.listBackups())
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("dynamodb:ListBackups is not supported by the local endpoint");
    }

    private TableDescription describe() {
        return dynamoDb.describeTable(request -> request.tableName(table)).table();
    }

    @Test
    void rowsAreReadAndWrittenInEveryWayThatTheEngineHas() {
        dynamoDb.batchWriteItem(request -> request.requestItems(Map.of(
                table,
                List.of(WriteRequest.builder()
                        .putRequest(put -> put.item(row("1")))
                        .build()))));
        dynamoDb.transactWriteItems(request -> request.transactItems(TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(row("2")))
                .build()));
        String insert = "INSERT INTO \"" + table + "\" VALUE {'id': '%s'}";
        dynamoDb.executeStatement(request -> request.statement(insert.formatted("3")));
        dynamoDb.batchExecuteStatement(request -> request.statements(
                BatchStatementRequest.builder().statement(insert.formatted("4")).build()));
        dynamoDb.executeTransaction(request -> request.transactStatements(ParameterizedStatement.builder()
                .statement(insert.formatted("5"))
                .build()));
        dynamoDb.updateItem(request -> request.tableName(table)
                .key(row("1"))
                .updateExpression("SET price = :p")
                .expressionAttributeValues(Map.of(":p", AttributeValue.fromN("2"))));

        assertThat(dynamoDb.getItem(request -> request.tableName(table).key(row("1")))
                        .item())
                .containsEntry("price", AttributeValue.fromN("2"));
        assertThat(dynamoDb.query(request -> request.tableName(table)
                                .keyConditionExpression("id = :i")
                                .expressionAttributeValues(Map.of(":i", AttributeValue.fromS("2"))))
                        .count())
                .isEqualTo(1);
        assertThat(dynamoDb.batchGetItem(request -> request.requestItems(Map.of(
                                table,
                                KeysAndAttributes.builder()
                                        .keys(List.of(row("3"), row("4")))
                                        .build())))
                        .responses()
                        .get(table))
                .hasSize(2);
        assertThat(dynamoDb.transactGetItems(request -> request.transactItems(TransactGetItem.builder()
                                .get(get -> get.tableName(table).key(row("5")))
                                .build()))
                        .responses())
                .hasSize(1);
        dynamoDb.deleteItem(request -> request.tableName(table).key(row("1")));
        assertThat(dynamoDb.scan(request -> request.tableName(table)).count()).isEqualTo(4);
        assertThat(dynamoDb.describeLimits().tableMaxWriteCapacityUnits()).isPositive();
    }

    @Test
    void insightsWhenEnabledReadBack() {
        dynamoDb.updateContributorInsights(
                request -> request.tableName(table).contributorInsightsAction(ContributorInsightsAction.ENABLE));

        assertThat(dynamoDb.describeContributorInsights(request -> request.tableName(table))
                        .contributorInsightsStatusAsString())
                .startsWith("ENABL");
    }

    private static Map<String, AttributeValue> row(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }
}
