package io.marketpipeline.local.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import java.util.Map;

/** STS: who calls, and credentials that are as good as any here. */
public final class TokenService implements AwsService {
    private final Map<String, Operation> operations = Map.of("GetCallerIdentity", TokenService::callerIdentity);

    /** Creates the service. */
    public TokenService() {}

    @Override
    public String name() {
        return "sts";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private static JsonNode callerIdentity(ObjectNode input, CallContext context) {
        return Json.object()
                .put("UserId", "AIDALOCALENDPOINT0001")
                .put("Account", context.accountId())
                .put("Arn", "arn:aws:iam::" + context.accountId() + ":user/local");
    }
}
