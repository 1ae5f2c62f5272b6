package io.marketpipeline.dynamodb;

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

    /**
     * A reader.
     *
     * @param client stays the caller's
     * @param table name of the market-data table
     */
    public DynamoDbMarketDataReader(DynamoDbClient client, String table) {
        this(client, table, InstantSource.system());
    }

    DynamoDbMarketDataReader(DynamoDbClient client, String table, InstantSource clock) {
        this.table = new TimeQuery(client, table, clock, INSIDE_MILLISECOND);
    }

    @Override
    public Page<StoredEvent> read(MarketDataQuery query, PageRequest page) {
        TimeQuery.Partition partition =
                switch (query.by()) {
                    case SYMBOL ->
                        new TimeQuery.Partition(MarketDataTable.SYMBOL_INDEX, MarketDataTable.SYMBOL, query.value());
                    case EXCHANGE ->
                        new TimeQuery.Partition(
                                MarketDataTable.EXCHANGE_INDEX, MarketDataTable.EXCHANGE, query.value());
                    case EVENT_ID -> new TimeQuery.Partition(null, MarketDataTable.EVENT_ID, query.value());
                };
        TimeQuery.Filter filter = new TimeQuery.Filter(MarketDataTable.DETAIL_TYPE, query.detailTypes());
        Page<Map<String, Object>> read = table.read(List.of(partition), filter, page);
        return new Page<>(read.items().stream().map(StoredEvent::new).toList(), read.next());
    }

    private static BigDecimal number(Map<String, Object> item, String attribute) {
        return item.get(attribute) instanceof BigDecimal number ? number : BigDecimal.ZERO;
    }
}
