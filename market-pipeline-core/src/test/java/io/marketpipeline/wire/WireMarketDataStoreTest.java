package io.marketpipeline.wire;

import io.marketpipeline.dynamodb.DynamoDbStoreContract;
import io.marketpipeline.dynamodb.LocalTables;
import io.marketpipeline.store.MarketDataStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class WireMarketDataStoreTest extends DynamoDbStoreContract {
    private static LocalDynamoDb local;
    private static AwsWire wire;

    @BeforeAll
    static void start() {
        local = new LocalDynamoDb();
        wire = AwsWire.open(local.environment());
    }

    @AfterAll
    static void stop() {
        wire.close();
        local.close();
    }

    @Override
    protected MarketDataStore store() {
        return wire.marketData(LocalTables.MARKET_DATA);
    }

    @Override
    protected DynamoDbClient client() {
        return local.client();
    }
}
