package io.marketpipeline.lambda;

import io.marketpipeline.audit.AuditFailurePolicy;
import io.marketpipeline.event.EventDecoder;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.ttl.TtlPolicy;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The function's settings. Immutable.
 *
 * @param deadLetterQueueUrl null where unset; refused events then fail and end in the platform's dead-letter queue
 * @param auditRetention null where audit records are kept for good
 */
record FunctionSettings(
        String marketDataTable,
        String auditTrailTable,
        String environment,
        @Nullable String deadLetterQueueUrl,
        EventDecoder decoder,
        TtlPolicy ttl,
        AuditFailurePolicy auditFailurePolicy,
        @Nullable Duration auditRetention,
        IndexShards indexShards,
        LogLevel logLevel,
        Client client) {
    /**
     * Reads the settings.
     *
     * @param variables environment variables, named as in {@link io.marketpipeline.schema.FunctionVariables}
     * @throws InvalidSettingsException with everything that is wrong
     */
    static FunctionSettings of(Map<String, String> variables) {
        return new SettingsReader(variables).read();
    }
}
