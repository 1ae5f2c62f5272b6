package io.marketpipeline.local.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** STS: who calls, and credentials that are as good as any here. */
public final class TokenService implements AwsService {
    private static final Duration SESSION = Duration.ofHours(1);

    private final Map<String, Operation> operations =
            Map.of("GetCallerIdentity", TokenService::callerIdentity, "AssumeRole", TokenService::assumeRole);

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

    private static JsonNode assumeRole(ObjectNode input, CallContext context) {
        String role = Json.required(input, "RoleArn", "ValidationError");
        String session = Json.required(input, "RoleSessionName", "ValidationError");
        ObjectNode output = Json.object();
        output.putObject("Credentials")
                .put("AccessKeyId", "ASIALOCALENDPOINT0001")
                .put("SecretAccessKey", "local")
                .put("SessionToken", "local")
                .put("Expiration", Instant.now().plus(SESSION).getEpochSecond());
        output.putObject("AssumedRoleUser")
                .put("AssumedRoleId", "AROALOCALENDPOINT0001:" + session)
                .put("Arn", role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/" + session);
        return output;
    }
}
