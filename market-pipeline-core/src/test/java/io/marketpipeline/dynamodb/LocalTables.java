package io.marketpipeline.dynamodb;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Both tables in Amazon's DynamoDB Local, in process. */
public final class LocalTables implements AutoCloseable {
    public static final String MARKET_DATA = "market-data-test";
    public static final String AUDIT_TRAIL = "audit-trail-test";

    private final AmazonDynamoDBLocal engine = DynamoDBEmbedded.create();
    private final DynamoDbClient client = oneCallAtATime(engine.dynamoDbClient());

    LocalTables() {
        this(ProjectionType.ALL);
    }

    LocalTables(ProjectionType projection) {
        createBoth(client, projection);
    }

    /** Creates both tables. */
    public static void createBoth(DynamoDbClient client) {
        createBoth(client, ProjectionType.ALL);
    }

    private static void createBoth(DynamoDbClient client, ProjectionType projected) {
        create(
                client,
                projected,
                MARKET_DATA,
                MarketDataTable.EVENT_ID,
                MarketDataTable.SYMBOL_INDEX,
                MarketDataTable.SYMBOL);
        create(
                client,
                projected,
                AUDIT_TRAIL,
                AuditTrailTable.AUDIT_ID,
                AuditTrailTable.EVENT_TYPE_INDEX,
                AuditTrailTable.EVENT_TYPE);
    }

    DynamoDbClient client() {
        return client;
    }

    /** Calls at once get the item of another's refused condition now and then, in process alone: 16 of 4,000 puts by eight. */
    private static DynamoDbClient oneCallAtATime(DynamoDbClient engine) {
        ReentrantLock lock = new ReentrantLock();
        InvocationHandler locked = (proxy, method, arguments) -> {
            lock.lock();
            try {
                return method.invoke(engine, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                lock.unlock();
            }
        };
        return (DynamoDbClient) Proxy.newProxyInstance(
                LocalTables.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, locked);
    }

    private static void create(
            DynamoDbClient client, ProjectionType projected, String table, String key, String index, String indexKey) {
        client.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute(key, ScalarAttributeType.S),
                        attribute(indexKey, ScalarAttributeType.S),
                        attribute(MarketDataTable.TIMESTAMP, ScalarAttributeType.N))
                .keySchema(keys(key))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName(index)
                        .keySchema(keys(indexKey))
                        .projection(projection -> projection.projectionType(projected))
                        .build()));
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static List<KeySchemaElement> keys(String hash) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(hash)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(MarketDataTable.TIMESTAMP)
                        .keyType(KeyType.RANGE)
                        .build());
    }

    @Override
    public void close() {
        engine.shutdown();
    }
}
