package io.marketpipeline.dynamodb;

import io.marketpipeline.puts.ParallelCalls;
import io.marketpipeline.schema.IndexProjection;
import io.marketpipeline.store.Page;
import io.marketpipeline.store.PageRequest;
import io.marketpipeline.store.ReadFailedException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Reads pages of partitions that are sorted by {@code timestamp}, merging them where there are several. Both tables and
 * their indexes are such. Thread-safe.
 */
final class TimeQuery {
    private static final String TIMESTAMP = "timestamp";
    private static final String EXPIRATION_TIME = "expiration_time";
    private static final int SMALLEST_READ = 100;
    private static final int LARGEST_READ = 1_000;

    /** Partitions that are read at once: with shards there may be thousands. */
    private static final int AT_ONCE = 16;

    private final DynamoDbClient client;
    private final String table;
    private final IndexProjection projection;
    private final InstantSource clock;
    private final WholeItems wholeItems;
    private final Comparator<Map<String, Object>> order;
    private final ParallelCalls parallel = new ParallelCalls(AT_ONCE);

    /**
     * A query on a table.
     *
     * @param key the table's partition key
     * @param projection what its indexes hold
     * @param order of items inside a millisecond, oldest first
     */
    TimeQuery(
            DynamoDbClient client,
            String table,
            String key,
            IndexProjection projection,
            InstantSource clock,
            Comparator<Map<String, Object>> order) {
        this.client = client;
        this.table = table;
        this.projection = projection;
        this.clock = clock;
        this.wholeItems = new WholeItems(client, table, List.of(key, TIMESTAMP));
        this.order = Comparator.comparingLong(TimeQuery::millis).thenComparing(order);
    }

    /**
     * A partition of the table or of an index.
     *
     * @param index null for the table itself, which is then read consistently
     */
    record Partition(@Nullable String index, String attribute, String value) {}

    /**
     * Only items whose attribute has one of the values; all items if there are no values.
     *
     * @param values may be empty
     */
    record Filter(String attribute, Set<String> values) {
        /** What the query's own filter says, for items that it couldn't see whole. */
        boolean takes(Map<String, Object> item, long nowSeconds) {
            boolean expired = item.get(EXPIRATION_TIME) instanceof BigDecimal end
                    && end.compareTo(BigDecimal.valueOf(nowSeconds)) <= 0;
            return !expired
                    && (values.isEmpty() || (item.get(attribute) instanceof String text && values.contains(text)));
        }
    }

    Page<Map<String, Object>> read(List<Partition> partitions, Filter filter, PageRequest page) {
        int query = List.of(table, partitions, filter.attribute(), new TreeSet<>(filter.values()), page.newestFirst())
                .toString()
                .hashCode();
        Bounds bounds = bounds(page, query);
        List<Map<String, Object>> items = new ArrayList<>();
        boolean more = false;
        for (Found found : parallel.map(partitions, partition -> find(partition, filter, bounds))) {
            if (found.failure != null) {
                throw found.failure;
            }
            items.addAll(found.items);
            more |= found.more;
        }
        items.sort(page.newestFirst() ? order.reversed() : order);
        List<Map<String, Object>> kept = cutAfterMillisecond(items, page.limit());
        boolean last = !more && kept.size() == items.size();
        return new Page<>(
                kept,
                last
                        ? Optional.empty()
                        : Optional.of(new PageToken(query, millis(kept.get(kept.size() - 1))).encode()));
    }

    /**
     * What a partition has.
     *
     * @param more whether it has more than that
     * @param failure why it couldn't be read; null where it could
     */
    private record Found(List<Map<String, Object>> items, boolean more, @Nullable RuntimeException failure) {}

    private Found find(Partition partition, Filter filter, Bounds bounds) {
        List<Map<String, Object>> items = new ArrayList<>();
        try {
            return new Found(items, collect(partition, filter, bounds, items), null);
        } catch (RuntimeException e) {
            return new Found(List.of(), false, e);
        }
    }

    /** Reads until the limit is reached and the millisecond is complete; true if there is more. */
    private boolean collect(Partition partition, Filter filter, Bounds bounds, List<Map<String, Object>> items) {
        if (bounds.from() > bounds.to()) {
            return false;
        }
        boolean keysOnly = partition.index() != null && projection == IndexProjection.KEYS;
        QueryRequest.Builder request = request(partition, bounds);
        if (!keysOnly) {
            filter(request, filter);
        }
        int count = 0;
        long previous = 0;
        Map<String, AttributeValue> key;
        do {
            QueryResponse response = query(request.build());
            for (Map<String, Object> item : items(response, keysOnly, filter)) {
                if (count >= bounds.limit() && millis(item) != previous) {
                    return true;
                }
                items.add(item);
                count++;
                previous = millis(item);
            }
            key = response.lastEvaluatedKey();
            request.exclusiveStartKey(key);
        } while (!key.isEmpty());
        return false;
    }

    private List<Map<String, Object>> items(QueryResponse response, boolean keysOnly, Filter filter) {
        if (!keysOnly) {
            return response.items().stream().map(JavaValues::of).toList();
        }
        long now = clock.instant().getEpochSecond();
        return wholeItems.of(response.items()).stream()
                .map(JavaValues::of)
                .filter(item -> filter.takes(item, now))
                .toList();
    }

    private QueryRequest.Builder request(Partition partition, Bounds bounds) {
        return QueryRequest.builder()
                .tableName(table)
                .indexName(partition.index())
                .consistentRead(partition.index() == null)
                .keyConditionExpression("#key = :key AND #time BETWEEN :from AND :to")
                .expressionAttributeNames(Map.of("#key", partition.attribute(), "#time", TIMESTAMP))
                .expressionAttributeValues(Map.of(
                        ":key",
                        AttributeValue.fromS(partition.value()),
                        ":from",
                        number(bounds.from()),
                        ":to",
                        number(bounds.to())))
                .scanIndexForward(!bounds.newestFirst())
                .limit(Math.min(Math.max(bounds.limit() + 1, SMALLEST_READ), LARGEST_READ));
    }

    private void filter(QueryRequest.Builder request, Filter filter) {
        QueryRequest unfiltered = request.build();
        Map<String, String> names = new HashMap<>(unfiltered.expressionAttributeNames());
        Map<String, AttributeValue> values = new HashMap<>(unfiltered.expressionAttributeValues());
        names.put("#expires", EXPIRATION_TIME);
        values.put(":now", number(clock.instant().getEpochSecond()));
        values.put(":number", AttributeValue.fromS("N"));
        // An expiration that isn't a number is none: DynamoDB doesn't act on it either.
        String condition =
                "(attribute_not_exists(#expires) OR NOT attribute_type(#expires, :number) OR #expires > :now)";
        if (!filter.values().isEmpty()) {
            names.put("#filter", filter.attribute());
            Map<String, AttributeValue> allowed = placeholders(filter.values());
            values.putAll(allowed);
            condition += " AND #filter IN (" + String.join(", ", allowed.keySet()) + ")";
        }
        request.filterExpression(condition).expressionAttributeNames(names).expressionAttributeValues(values);
    }

    private QueryResponse query(QueryRequest request) {
        try {
            return client.query(request);
        } catch (SdkException e) {
            String where = request.indexName() == null ? "" : ", index '" + request.indexName() + "'";
            throw new ReadFailedException("table '" + table + "'" + where + " can't be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, AttributeValue> placeholders(Set<String> values) {
        Map<String, AttributeValue> placeholders = new LinkedHashMap<>();
        for (String value : new TreeSet<>(values)) {
            placeholders.put(":filter" + placeholders.size(), AttributeValue.fromS(value));
        }
        return placeholders;
    }

    private static List<Map<String, Object>> cutAfterMillisecond(List<Map<String, Object>> sorted, int limit) {
        if (sorted.size() <= limit) {
            return sorted;
        }
        int end = limit;
        while (end < sorted.size() && millis(sorted.get(end)) == millis(sorted.get(limit - 1))) {
            end++;
        }
        return sorted.subList(0, end);
    }

    private static Bounds bounds(PageRequest page, int query) {
        long from = ceilMillis(page.from());
        long to = ceilMillis(page.to()) - 1;
        if (page.token().isPresent()) {
            long end = PageToken.decode(page.token().get(), query).millis();
            from = page.newestFirst() ? from : Math.max(from, end + 1);
            to = page.newestFirst() ? Math.min(to, end - 1) : to;
        }
        return new Bounds(from, to, page.newestFirst(), page.limit());
    }

    private static long ceilMillis(Instant time) {
        long millis = time.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
    }

    private static long millis(Map<String, Object> item) {
        return item.get(TIMESTAMP) instanceof BigDecimal millis ? millis.longValue() : 0;
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** Milliseconds, both inclusive. */
    private record Bounds(long from, long to, boolean newestFirst, int limit) {}
}
