package io.marketpipeline.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.MarketDataQuery;
import io.marketpipeline.store.MarketDataRow;
import io.marketpipeline.store.Page;
import io.marketpipeline.store.PageRequest;
import io.marketpipeline.store.ReadFailedException;
import io.marketpipeline.store.Rows;
import io.marketpipeline.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Rows written with several numbers of shards, and who finds them. */
class ShardedTablesTest {
    private static final Instant DEADLINE = Instant.parse("2100-01-01T00:00:00Z");
    private static final int OF_EACH = 60;

    private static LocalTables tables;
    private static DynamoDbTables writer;

    private final DynamoDbMarketDataReader reader =
            new DynamoDbMarketDataReader(tables.client(), LocalTables.MARKET_DATA, new IndexShards(8));

    @BeforeAll
    static void write() {
        tables = new LocalTables();
        writer = DynamoDbTables.of(tables.client());
        List<MarketDataRow> rows = new ArrayList<>();
        List<AuditRecord> records = new ArrayList<>();
        for (int shards : new int[] {1, 4, 8}) {
            for (int i = 0; i < OF_EACH; i++) {
                rows.add(row(shards, i));
                records.add(AuditRecord.builder(AuditStatus.SUCCESS, id(shards, i))
                        .eventType("Trade Execution")
                        .timestampMillis(1000L * i + shards)
                        .shards(new IndexShards(shards))
                        .build());
            }
        }
        assertThat(writer.marketData(LocalTables.MARKET_DATA).store(rows, DEADLINE))
                .hasSize(3 * OF_EACH);
        assertThat(writer.auditTrail(LocalTables.AUDIT_TRAIL).record(records, DEADLINE))
                .hasSize(3 * OF_EACH);
    }

    @AfterAll
    static void stop() {
        writer.close();
        tables.close();
    }

    private static String id(int shards, int i) {
        return "e-" + shards + "-" + i;
    }

    private static MarketDataRow row(int shards, int i) {
        MarketDataRow plain = Rows.row(
                "r",
                Rows.event(id(shards, i), "{}").eventTime(1000L * i + shards, 0).build());
        return new MarketDataRow(
                plain.event(),
                plain.requestId(),
                plain.rawSha256(),
                plain.receivedAtMillis(),
                plain.storedAtMillis(),
                null,
                plain.environment(),
                new IndexShards(shards));
    }

    private static List<String> inOrder(int... shards) {
        return IntStream.range(0, OF_EACH)
                .boxed()
                .flatMap(i -> IntStream.of(shards).mapToObj(count -> id(count, i)))
                .toList();
    }

    private static List<StoredEvent> all(DynamoDbMarketDataReader reader, PageRequest request) {
        List<StoredEvent> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page<StoredEvent> page = reader.read(
                    MarketDataQuery.bySymbol("BAC"), next.map(request::after).orElse(request));
            found.addAll(page.items());
            next = page.next();
        } while (next.isPresent());
        return found;
    }

    @Test
    void rowsWhenWrittenWithAnyNumberOfShardsAreFoundInOrderPageByPage() {
        assertThat(all(reader, PageRequest.builder().limit(7).build()))
                .extracting(StoredEvent::eventId)
                .isEqualTo(inOrder(1, 4, 8));
    }

    @Test
    void rowsWhenNewestAreAskedForComeInThatOrder() {
        Page<StoredEvent> page = reader.read(
                MarketDataQuery.bySymbol("BAC"),
                PageRequest.builder().newestFirst(true).limit(3).build());

        assertThat(page.items())
                .extracting(StoredEvent::eventId)
                .containsExactly(id(8, OF_EACH - 1), id(4, OF_EACH - 1), id(1, OF_EACH - 1));
    }

    @Test
    void rowsWhenTheReaderKnowsFewerShardsMissThoseOfTheOthers() {
        var four = new DynamoDbMarketDataReader(tables.client(), LocalTables.MARKET_DATA, new IndexShards(4));

        assertThat(all(four, PageRequest.builder().build()))
                .extracting(StoredEvent::eventId)
                .containsAll(inOrder(1, 4))
                .hasSizeLessThan(3 * OF_EACH);
    }

    @Test
    void rowsWhenReadHaveTheirVenueAndSymbolWithoutShard() {
        assertThat(all(reader, PageRequest.builder().build())).allSatisfy(row -> {
            assertThat(row.symbol()).contains("BAC");
            assertThat(row.exchange()).contains("ARCX");
            assertThat(row.text("exchange")).contains("ARCX");
        });
    }

    @Test
    void recordsWhenWrittenWithAnyNumberOfShardsAreFoundInOrder() {
        var audit = new DynamoDbAuditTrailReader(tables.client(), LocalTables.AUDIT_TRAIL, new IndexShards(8));

        assertThat(audit.read(
                                AuditTrailQuery.byEventType("Trade Execution"),
                                PageRequest.builder().limit(1000).build())
                        .items())
                .allSatisfy(entry -> assertThat(entry.eventType()).contains("Trade Execution"))
                .extracting(entry -> entry.eventId())
                .isEqualTo(inOrder(1, 4, 8));
    }

    /** They were asked one after the other, up to 2,001 for a page. */
    @Test
    void partitionsAreAskedSideBySideButNotAllAtOnce() {
        Meeting meeting = new Meeting(tables.client());

        List<StoredEvent> together = new DynamoDbMarketDataReader(meeting, LocalTables.MARKET_DATA, new IndexShards(64))
                .read(
                        MarketDataQuery.bySymbol("BAC"),
                        PageRequest.builder().limit(1_000).build())
                .items();

        assertThat(together)
                .isEqualTo(reader.read(
                                MarketDataQuery.bySymbol("BAC"),
                                PageRequest.builder().limit(1_000).build())
                        .items());
        assertThat(meeting.most).hasValueBetween(2, 16);
    }

    @Test
    void partitionThatCannotBeReadFailsThePage() {
        DynamoDbMarketDataReader nowhere =
                new DynamoDbMarketDataReader(tables.client(), "no-table", new IndexShards(8));

        assertThatThrownBy(() -> nowhere.read(
                        MarketDataQuery.bySymbol("BAC"), PageRequest.builder().build()))
                .isInstanceOf(ReadFailedException.class)
                .hasMessageContaining("no-table");
    }

    /** Lets the first query wait for a second one. */
    private static final class Meeting implements DynamoDbClient {
        final AtomicInteger most = new AtomicInteger();
        private final DynamoDbClient tables;
        private final AtomicInteger inside = new AtomicInteger();
        private final CountDownLatch two = new CountDownLatch(2);

        Meeting(DynamoDbClient tables) {
            this.tables = tables;
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            two.countDown();
            try {
                assertThat(two.await(1, TimeUnit.MINUTES))
                        .as("a second query came while the first was asked")
                        .isTrue();
                return tables.query(request);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                inside.decrementAndGet();
            }
        }

        @Override
        public String serviceName() {
            return tables.serviceName();
        }

        @Override
        public void close() {}
    }
}
