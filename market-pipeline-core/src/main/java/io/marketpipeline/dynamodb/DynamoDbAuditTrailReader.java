package io.marketpipeline.dynamodb;

import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.IndexProjection;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.AuditTrailReader;
import io.marketpipeline.store.Page;
import io.marketpipeline.store.PageRequest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Reads the audit-trail table and its index. By event id it is one consistent query per status, since a record's key
 * is event id and status. Thread-safe.
 */
public final class DynamoDbAuditTrailReader implements AuditTrailReader {
    /** The statuses that an event may have. */
    public static final List<String> STATUSES =
            Arrays.stream(AuditStatus.values()).map(Enum::name).toList();

    private static final Comparator<Map<String, Object>> INSIDE_MILLISECOND =
            Comparator.comparing(item -> String.valueOf(item.get(AuditTrailTable.AUDIT_ID)));

    private final TimeQuery table;
    private final IndexShards shards;

    /**
     * A reader.
     *
     * @param client stays the caller's
     * @param table name of the audit-trail table
     */
    public DynamoDbAuditTrailReader(DynamoDbClient client, String table) {
        this(client, table, IndexShards.one());
    }

    /**
     * A reader of a table with shards.
     *
     * @param client stays the caller's
     * @param table name of the audit-trail table
     * @param shards as many as were ever written, of what shall be found; rows without a shard are always found
     */
    public DynamoDbAuditTrailReader(DynamoDbClient client, String table, IndexShards shards) {
        this(client, table, shards, IndexProjection.ALL);
    }

    /**
     * A reader of a table whose indexes may hold keys only.
     *
     * @param client stays the caller's
     * @param table name of the audit-trail table
     * @param shards as many as were ever written, of what shall be found; rows without a shard are always found
     * @param projection what the indexes hold
     */
    public DynamoDbAuditTrailReader(
            DynamoDbClient client, String table, IndexShards shards, IndexProjection projection) {
        this(client, table, shards, projection, InstantSource.system());
    }

    DynamoDbAuditTrailReader(
            DynamoDbClient client, String table, IndexShards shards, IndexProjection projection, InstantSource clock) {
        this.shards = shards;
        this.table = new TimeQuery(client, table, AuditTrailTable.AUDIT_ID, projection, clock, INSIDE_MILLISECOND);
    }

    @Override
    public Page<AuditEntry> read(AuditTrailQuery query, PageRequest page) {
        Page<Map<String, Object>> read =
                switch (query.by()) {
                    case EVENT_TYPE ->
                        table.read(
                                shards.keys(query.value()).stream()
                                        .map(key -> new TimeQuery.Partition(
                                                AuditTrailTable.EVENT_TYPE_INDEX, AuditTrailTable.EVENT_TYPE, key))
                                        .toList(),
                                new TimeQuery.Filter(AuditTrailTable.STATUS, query.statuses()),
                                page);
                    case EVENT_ID ->
                        table.read(
                                partitions(query.value(), query.statuses()),
                                new TimeQuery.Filter(AuditTrailTable.STATUS, Set.of()),
                                page);
                };
        return new Page<>(read.items().stream().map(AuditEntry::new).toList(), read.next());
    }

    private static List<TimeQuery.Partition> partitions(String eventId, Set<String> statuses) {
        Collection<String> wanted = statuses.isEmpty() ? STATUSES : statuses;
        return wanted.stream()
                .sorted()
                .map(status -> new TimeQuery.Partition(null, AuditTrailTable.AUDIT_ID, eventId + "#" + status))
                .toList();
    }
}
