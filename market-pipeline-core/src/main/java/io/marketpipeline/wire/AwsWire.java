package io.marketpipeline.wire;

import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.credentials.CredentialSource;
import io.marketpipeline.deadletter.BatchedDeadLetters;
import io.marketpipeline.deadletter.DeadLetters;
import io.marketpipeline.http.Connections;
import io.marketpipeline.puts.Backoff.Pause;
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
 * looks at aren't read. No credentials are asked for before the first write.
 */
public final class AwsWire implements AutoCloseable {
    /** Calls of one batch that run at once; more gained nothing against DynamoDB Local. */
    private static final int PARALLEL = 8;

    /** Its credentials are none, so that nobody is asked for any. */
    private static final Map<String, String> OFFLINE =
            Map.of("AWS_REGION", "offline", "AWS_ACCESS_KEY_ID", "offline", "AWS_SECRET_ACCESS_KEY", "offline");

    private final Map<String, String> environment;
    private final Endpoint endpoint;
    private final Connections connections;
    private final CredentialSource credentials;
    private final ServiceCalls tables;
    private final ServiceCalls queues;
    private final ParallelCalls parallel = new ParallelCalls(PARALLEL);

    private AwsWire(Map<String, String> environment, Endpoint endpoint, Connections connections) {
        this.environment = environment;
        this.endpoint = endpoint;
        this.connections = connections;
        this.credentials = new CredentialSource(environment, InstantSource.system());
        this.tables = calls(endpoint, connections);
        Endpoint sqs = Endpoint.of("sqs", environment);
        this.queues = calls(sqs, new Connections(sqs.address()));
    }

    /**
     * Opens what the environment names.
     *
     * @param environment the function's variables
     * @throws IllegalStateException where they name no region, or an endpoint that is none
     */
    public static AwsWire open(Map<String, String> environment) {
        Endpoint endpoint = Endpoint.of("dynamodb", environment);
        return new AwsWire(environment, endpoint, new Connections(endpoint.address()));
    }

    private ServiceCalls calls(Endpoint of, Connections to) {
        return new ServiceCalls(of, to, credentials, InstantSource.system(), Pause.SLEEP);
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
        return new BatchedDeadLetters(
                new WireDeadLetters(queueUrl, queues), parallel, InstantSource.system(), Pause.SLEEP);
    }

    private WirePuts puts(String table, String keyAttribute) {
        return new WirePuts(tables, parallel, table, keyAttribute);
    }

    /**
     * Tables that take every write, all the way but for the network and the environment's credentials: what a first write
     * loads is loaded by a write to them.
     */
    public AwsWire offline() {
        return new AwsWire(OFFLINE, endpoint, Connections.offline(endpoint.address()));
    }

    /**
     * Loads what a connection needs, without connecting; where Lambda takes a snapshot afterwards, with one unsigned exchange
     * with the tables' endpoint, if that can be reached, and what reads the credentials that a restored function is given.
     */
    public void prime() {
        connections.prime();
        if ("snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
            CredentialSource.prime();
            connections.rehearse();
        }
    }

    @Override
    public void close() {
        parallel.close();
        tables.close();
        queues.close();
    }
}
