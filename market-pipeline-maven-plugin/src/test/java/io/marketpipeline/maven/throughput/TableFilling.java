package io.marketpipeline.maven.throughput;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Notes when tables have so many items. A row bears the time at which the function made it, which is before it is stored;
 * DynamoDB Local counts a table's items when it is asked, so that a look each second says when they were there.
 */
final class TableFilling implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Thread looking;
    private final CompletableFuture<Map<String, Duration>> filled = new CompletableFuture<>();

    private TableFilling(DynamoDbClient client, long items, Iterable<String> tables) {
        looking = new Thread(() -> look(client, items, tables), "table-filling");
        looking.setDaemon(true);
    }

    /** Looks from now on, until each table has so many items. */
    static TableFilling watch(DynamoDbClient client, long items, Iterable<String> tables) {
        TableFilling filling = new TableFilling(client, items, tables);
        filling.looking.start();
        return filling;
    }

    /** After what time each table had its items; waits for that. */
    Map<String, Duration> times() {
        return filled.join();
    }

    @Override
    public void close() {
        looking.interrupt();
    }

    private void look(DynamoDbClient client, long items, Iterable<String> tables) {
        long start = System.nanoTime();
        Map<String, Duration> times = new TreeMap<>();
        try {
            for (String table : tables) {
                while (client.describeTable(request -> request.tableName(table))
                                .table()
                                .itemCount()
                        < items) {
                    Thread.sleep(LOOK_EVERY.toMillis());
                }
                times.put(table, Duration.ofNanos(System.nanoTime() - start));
            }
            filled.complete(times);
        } catch (InterruptedException | RuntimeException e) {
            filled.completeExceptionally(e);
        }
    }
}
