package io.marketpipeline.dynamodb;

import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.puts.Backoff.Pause;
import io.marketpipeline.puts.ParallelCalls;
import io.marketpipeline.puts.PutAuditTrail;
import io.marketpipeline.puts.PutMarketDataStore;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.MarketDataStore;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Writes to a pipeline's tables in DynamoDB. Thread-safe. Region, credentials and endpoint are found as the AWS SDK always
 * finds them ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL}, ...); no credentials are asked for and no connection is made
 * before the first write.
 */
public final class DynamoDbTables implements AutoCloseable {
    /** Puts of one batch that run at once; more gained nothing against DynamoDB Local. */
    private static final int PARALLEL = 8;

    private final DynamoDbClient client;
    private final ParallelCalls calls = new ParallelCalls(PARALLEL);

    private DynamoDbTables(DynamoDbClient client) {
        this.client = client;
    }

    /** Opens the tables of the account and region that the environment names. */
    public static DynamoDbTables open() {
        // One try per call: trying again is ours, since only we know when the function's time ends.
        return of(DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(PARALLEL * 2)
                        .connectionTimeout(Duration.ofSeconds(1))
                        .socketTimeout(Duration.ofSeconds(3))
                        .tcpKeepAlive(true))
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build());
    }

    /** Opens tables through a client, which is closed with them; it should not try again by itself. */
    public static DynamoDbTables of(DynamoDbClient client) {
        return new DynamoDbTables(client);
    }

    /** The market-data table as a store. */
    public MarketDataStore marketData(String table) {
        return new PutMarketDataStore(puts(table, MarketDataTable.EVENT_ID));
    }

    /** The audit-trail table as an audit trail. */
    public AuditTrail auditTrail(String table) {
        return new PutAuditTrail(puts(table, AuditTrailTable.AUDIT_ID));
    }

    private ConditionalPuts puts(String table, String keyAttribute) {
        return new ConditionalPuts(client, table, keyAttribute, InstantSource.system(), Pause.SLEEP, calls);
    }

    /**
     * Tables that take every write, without network and credentials: what a first write loads is loaded by a write to
     * them.
     */
    public static DynamoDbTables offline() {
        return of(OfflineDynamoDb.client());
    }

    @Override
    public void close() {
        calls.close();
        client.close();
    }
}
