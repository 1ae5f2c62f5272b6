package io.marketpipeline.dynamodb;

import io.marketpipeline.schema.IndexProjection;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.MarketDataQuery;
import io.marketpipeline.store.MarketDataReader;
import io.marketpipeline.store.Page;
import io.marketpipeline.store.PageRequest;
import io.marketpipeline.store.StoredEvent;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Reads the market-data table and its indexes. By event id it reads consistently; indexes can't be. Rows of the
 * Terraform original are read like others. Thread-safe.
 */
public final class DynamoDbMarketDataReader implements MarketDataReader {
    private static final Comparator<Map<String, Object>> INSIDE_MILLISECOND = Comparator.comparing(
                    (Map<String, Object> item) -> number(item, MarketDataTable.EVENT_TIME_NS))
            .thenComparing(item -> number(item, MarketDataTable.SEQUENCE))
            .thenComparing(item -> String.valueOf(item.get(MarketDataTable.EVENT_ID)));

    private final TimeQuery table;
    private final IndexShards shards;

    /**
     * A reader.
     *
     * @param client stays the caller's
     * @param table name of the market-data table
     */
    public DynamoDbMarketDataReader(DynamoDbClient client, String table) {
        this(client, table, IndexShards.one());
    }

    /**
     * A reader of a table with shards.
     *
     * @param client stays the caller's
     * @param table name of the market-data table
     * @param shards as many as were ever written, of what shall be found; rows without a shard are always found
     */
    public DynamoDbMarketDataReader(DynamoDbClient client, String table, IndexShards shards) {
        this(client, table, shards, IndexProjection.ALL);
    }

    /**
     * A reader of a table whose indexes may hold keys only.
     *
     * @param client stays the caller's
     * @param table name of the market-data table
     * @param shards as many as were ever written, of what shall be found; rows without a shard are always found
     * @param projection what the indexes hold
     */
    public DynamoDbMarketDataReader(
            DynamoDbClient client, String table, IndexShards shards, IndexProjection projection) {
        this(client, table, shards, projection, InstantSource.system());
    }

    DynamoDbMarketDataReader(
            DynamoDbClient client, String table, IndexShards shards, IndexProjection projection, InstantSource clock) {
        this.shards = shards;
        this.table = new TimeQuery(client, table, MarketDataTable.EVENT_ID, projection, clock, INSIDE_MILLISECOND);
    }

    @Override
    public Page<StoredEvent> read(MarketDataQuery query, PageRequest page) {
        List<TimeQuery.Partition> partitions =
                switch (query.by()) {
                    case SYMBOL -> sharded(MarketDataTable.SYMBOL_INDEX, MarketDataTable.SYMBOL, query.value());
                    case EXCHANGE -> sharded(MarketDataTable.EXCHANGE_INDEX, MarketDataTable.EXCHANGE, query.value());
                    case EVENT_ID -> List.of(new TimeQuery.Partition(null, MarketDataTable.EVENT_ID, query.value()));
                };
        TimeQuery.Filter filter = new TimeQuery.Filter(MarketDataTable.DETAIL_TYPE, query.detailTypes());
        Page<Map<String, Object>> read = table.read(partitions, filter, page);
        return new Page<>(read.items().stream().map(StoredEvent::new).toList(), read.next());
    }

    private List<TimeQuery.Partition> sharded(String index, String attribute, String value) {
        return shards.keys(value).stream()
                .map(key -> new TimeQuery.Partition(index, attribute, key))
                .toList();
    }

    private static BigDecimal number(Map<String, Object> item, String attribute) {
        return item.get(attribute) instanceof BigDecimal number ? number : BigDecimal.ZERO;
    }
}
