package io.marketpipeline.lambda;

import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.deadletter.DeadLetters;
import io.marketpipeline.store.MarketDataStore;

/** What the function writes with. No credentials are asked for before the first write. */
interface WriteClient {
    MarketDataStore marketData(String table);

    AuditTrail auditTrail(String table);

    DeadLetters deadLetters(String queueUrl);

    /** Loads what only a connection needs; connects, if at all, only where Lambda takes a snapshot afterwards. */
    void prime();

    /** A client whose tables take every write, as far as possible on the same way but for the network. */
    WriteClient offline();
}
