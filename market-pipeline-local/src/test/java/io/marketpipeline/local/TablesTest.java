package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;

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
}
