package io.marketpipeline.wire;

import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.deadletter.DeadLetters;
import io.marketpipeline.puts.Backoff;
import io.marketpipeline.puts.ParallelCalls;
import io.marketpipeline.puts.PutAuditTrail;
import io.marketpipeline.puts.PutMarketDataStore;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.MarketDataStore;
import java.time.InstantSource;
import java.util.Map;

/**
 * Writes to a pipeline's tables and to its dead-letter queue without the AWS SDK. Thread-safe. Region, endpoint and
 * credentials are those that the environment names ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL},
 * {@code AWS_ACCESS_KEY_ID}, {@code AWS_CONTAINER_CREDENTIALS_FULL_URI}, ...); profiles, proxies and what else the SDK
 * looks at aren't read. No credentials are asked for and no connection is made before the first write.
 */
public final class AwsWire implements AutoCloseable {
    /** Calls of one batch that run at once; more gained nothing against DynamoDB Local. */
    private static final int PARALLEL = 8;

    private static final Backoff.Pause PAUSE = duration -> Thread.sleep(duration.toMillis());

    private final Map<String, String> environment;
    private final CredentialSource credentials;
    private final ServiceCalls tables;
    private final ParallelCalls parallel = new ParallelCalls(PARALLEL);

    private AwsWire(Map<String, String> environment) {
        this.environment = environment;
        this.credentials = new CredentialSource(environment, InstantSource.system());
        this.tables = calls("dynamodb");
    }

    /**
     * Opens what the environment names.
     *
     * @param environment the function's variables
     * @throws IllegalStateException where they name no region, or an endpoint that is none
     */
    public static AwsWire open(Map<String, String> environment) {
        return new AwsWire(environment);
    }

    private ServiceCalls calls(String service) {
        Connections connections = new Connections(Endpoint.of(service, environment));
        return new ServiceCalls(connections, credentials, InstantSource.system(), PAUSE);
    }

    /** The market-data table as a store. */
    public MarketDataStore marketData(String table) {
        return new PutMarketDataStore(puts(table, MarketDataTable.EVENT_ID));
    }

    /** The audit-trail table as an audit trail. */
    public AuditTrail auditTrail(String table) {
        return new PutAuditTrail(puts(table, AuditTrailTable.AUDIT_ID));
    }

    /** The queue for events that can never be stored. */
    public DeadLetters deadLetters(String queueUrl) {
        return new WireDeadLetters(queueUrl, () -> calls("sqs"));
    }

    private WirePuts puts(String table, String keyAttribute) {
        return new WirePuts(tables, parallel, table, keyAttribute, InstantSource.system(), PAUSE);
    }

    /**
     * Loads the classes that a write needs by going through one without network and credentials. Takes most of the time of
     * a first write.
     */
    public void prime() {
        WirePriming.run(tables.endpoint());
    }

    @Override
    public void close() {
        parallel.close();
        tables.close();
    }
}
