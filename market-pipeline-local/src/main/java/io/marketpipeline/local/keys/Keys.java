package io.marketpipeline.local.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;

/** KMS: keys and aliases, kept and read back. A key may be named by id, ARN, alias or alias ARN. */
public final class Keys implements AwsService {
    private static final String INVALID = "ValidationException";
    private static final String AWS_ALIAS = "alias/aws/";
    private static final int LONGEST_WAIT_DAYS = 30;
    private static final int ROTATION_DAYS = 365;

    private final EndpointSettings endpoint;
    private final ConcurrentMap<String, Key> keys = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, Key> aliases = new ConcurrentSkipListMap<>();
    private final Map<String, Operation> operations;

    /** Creates a service without keys. */
    public Keys(EndpointSettings endpoint) {
        this.endpoint = endpoint;
        Map<String, Operation> all = new HashMap<>();
        all.put("CreateKey", this::create);
        all.put("DescribeKey", (input, context) -> Json.object()
                .set("KeyMetadata", key(input).describe()));
        all.put("ListKeys", this::list);
        all.put("PutKeyPolicy", onKey((key, input) -> key.policy(document(input))));
        all.put("GetKeyPolicy", (input, context) -> Json.object()
                .put("Policy", key(input).policy())
                .put("PolicyName", "default"));
        all.put(
                "UpdateKeyDescription",
                onKey((key, input) -> key.description(input.path("Description").asText(""))));
        all.put("EnableKey", onKey((key, input) -> key.enabled(true)));
        all.put("DisableKey", onKey((key, input) -> key.enabled(false)));
        all.put(
                "EnableKeyRotation",
                onKey((key, input) ->
                        key.rotation(true, input.path("RotationPeriodInDays").asInt(ROTATION_DAYS))));
        all.put("DisableKeyRotation", onKey((key, input) -> key.rotation(false, ROTATION_DAYS)));
        all.put("GetKeyRotationStatus", (input, context) -> key(input).rotation());
        all.put("ScheduleKeyDeletion", (input, context) -> key(input)
                .scheduleDeletion(input.path("PendingWindowInDays").asInt(LONGEST_WAIT_DAYS)));
        all.put("TagResource", onKey((key, input) -> key.tag(input.path("Tags"))));
        all.put("UntagResource", onKey((key, input) -> key.untag(input.path("TagKeys"))));
        all.put("ListResourceTags", (input, context) -> key(input).tags());
        all.put("CreateAlias", this::createAlias);
        all.put("UpdateAlias", this::updateAlias);
        all.put("DeleteAlias", this::deleteAlias);
        all.put("ListAliases", this::listAliases);
        this.operations = Map.copyOf(all);
    }

    @Override
    public String name() {
        return "kms";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private JsonNode create(ObjectNode input, CallContext context) {
        if (input.has("Policy")) {
            document(input);
        }
        return Json.object().set("KeyMetadata", add(input, "CUSTOMER").describe());
    }

    private Key add(ObjectNode input, String owner) {
        String id = UUID.randomUUID().toString();
        Key key = new Key(id, endpoint.arn("kms", "key/" + id), endpoint.accountId(), input, owner);
        keys.put(id, key);
        return key;
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        ObjectNode output = Json.object().put("Truncated", false);
        output.putArray("Keys");
        keys.values().forEach(key -> output.withArrayProperty("Keys")
                .addObject()
                .put("KeyId", key.id())
                .put("KeyArn", key.arn()));
        return output;
    }

    private JsonNode createAlias(ObjectNode input, CallContext context) {
        String name = aliasName(input);
        if (name.startsWith(AWS_ALIAS)) {
            throw AwsError.of("NotAuthorizedException", "Aliases that start with alias/aws/ are AWS's own: " + name);
        }
        if (aliases.putIfAbsent(name, target(input)) != null) {
            throw AwsError.of("AlreadyExistsException", "An alias with the name " + name + " already exists");
        }
        return Json.object();
    }

    private JsonNode updateAlias(ObjectNode input, CallContext context) {
        if (aliases.replace(aliasName(input), target(input)) == null) {
            throw missing("Alias " + aliasName(input) + " is not found.");
        }
        return Json.object();
    }

    private JsonNode deleteAlias(ObjectNode input, CallContext context) {
        if (aliases.remove(aliasName(input)) == null) {
            throw missing("Alias " + aliasName(input) + " is not found.");
        }
        return Json.object();
    }

    private JsonNode listAliases(ObjectNode input, CallContext context) {
        ObjectNode output = Json.object().put("Truncated", false);
        output.putArray("Aliases");
        String only = input.has("KeyId") ? key(input).id() : "";
        aliases.forEach((name, key) -> {
            if (only.isEmpty() || only.equals(key.id())) {
                output.withArrayProperty("Aliases")
                        .addObject()
                        .put("AliasName", name)
                        .put("AliasArn", endpoint.arn("kms", name))
                        .put("TargetKeyId", key.id());
            }
        });
        return output;
    }

    private Operation onKey(BiConsumer<Key, ObjectNode> change) {
        return (input, context) -> {
            change.accept(key(input), input);
            return Json.object();
        };
    }

    private Key key(ObjectNode input) {
        return find(Json.required(input, "KeyId", INVALID));
    }

    private Key target(ObjectNode input) {
        return find(Json.required(input, "TargetKeyId", INVALID));
    }

    private Key find(String reference) {
        String name = reference.startsWith("arn:") ? reference.substring(reference.lastIndexOf(':') + 1) : reference;
        if (name.startsWith(AWS_ALIAS)) {
            return aliases.computeIfAbsent(name, alias -> add(Json.object(), "AWS"));
        }
        Key key = name.startsWith("alias/") ? aliases.get(name) : keys.get(name.replaceFirst("^key/", ""));
        if (key == null) {
            throw missing((name.startsWith("alias/") ? "Alias " : "Key ") + "'" + reference + "' does not exist");
        }
        return key;
    }

    private static String aliasName(ObjectNode input) {
        String name = Json.required(input, "AliasName", INVALID);
        if (!name.matches("alias/[a-zA-Z0-9/_-]{1,250}")) {
            throw AwsError.of("InvalidAliasNameException", "'" + name + "' is no alias name: alias/ and a name");
        }
        return name;
    }

    private static String document(ObjectNode input) {
        String document = Json.required(input, "Policy", INVALID);
        if (!Json.isObject(document)) {
            throw AwsError.of("MalformedPolicyDocumentException", "The key policy is not a JSON object");
        }
        return document;
    }

    private static AwsError missing(String message) {
        return AwsError.of("NotFoundException", message);
    }
}
