package io.marketpipeline.dynamodb;

import io.marketpipeline.store.MarketDataStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDbMarketDataStoreTest extends DynamoDbStoreContract {
    private static LocalTables local;
    private static MarketDataStore store;

    @BeforeAll
    static void start() {
        local = new LocalTables();
        store = DynamoDbTables.of(local.client()).marketData(LocalTables.MARKET_DATA);
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Override
    protected MarketDataStore store() {
        return store;
    }

    @Override
    protected DynamoDbClient client() {
        return local.client();
    }
}
