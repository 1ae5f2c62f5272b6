package io.marketpipeline.local.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** A key. Guarded by its lock. */
final class Key {
    private static final int LONGEST_WAIT_DAYS = 30;
    private static final int SHORTEST_WAIT_DAYS = 7;
    private static final int ROTATION_DAYS = 365;

    private final String id;
    private final String arn;
    private final String accountId;
    private final String usage;
    private final String spec;
    private final String owner;
    private final Instant created = Instant.now();
    private final Map<String, String> tags = new TreeMap<>();
    private String description;
    private String policy;
    private String state = "Enabled";
    private Instant deletion = Instant.EPOCH;
    private boolean rotation;
    private int rotationDays = ROTATION_DAYS;

    Key(String id, String arn, String accountId, ObjectNode input, String owner) {
        this.id = id;
        this.arn = arn;
        this.accountId = accountId;
        this.owner = owner;
        this.usage = input.path("KeyUsage").asText("ENCRYPT_DECRYPT");
        this.spec = input.path("KeySpec").asText("SYMMETRIC_DEFAULT");
        this.description = input.path("Description").asText("");
        this.policy = input.path("Policy").asText(ownerPolicy(accountId));
        input.path("Tags")
                .forEach(tag -> tags.put(
                        tag.path("TagKey").asText(), tag.path("TagValue").asText()));
    }

    String id() {
        return id;
    }

    String arn() {
        return arn;
    }

    synchronized ObjectNode describe() {
        ObjectNode metadata = Json.object()
                .put("AWSAccountId", accountId)
                .put("KeyId", id)
                .put("Arn", arn)
                .put("CreationDate", created.getEpochSecond())
                .put("Enabled", state.equals("Enabled"))
                .put("Description", description)
                .put("KeyUsage", usage)
                .put("KeyState", state)
                .put("Origin", "AWS_KMS")
                .put("KeyManager", owner)
                .put("CustomerMasterKeySpec", spec)
                .put("KeySpec", spec)
                .put("MultiRegion", false);
        metadata.putArray("EncryptionAlgorithms").add(spec);
        if (state.equals("PendingDeletion")) {
            metadata.put("DeletionDate", deletion.getEpochSecond());
        }
        return metadata;
    }

    synchronized String policy() {
        return policy;
    }

    synchronized void policy(String document) {
        usable();
        policy = document;
    }

    synchronized void description(String text) {
        usable();
        description = text;
    }

    synchronized void enabled(boolean enabled) {
        usable();
        state = enabled ? "Enabled" : "Disabled";
    }

    synchronized void rotation(boolean enabled, int days) {
        usable();
        rotation = enabled;
        rotationDays = days;
    }

    synchronized ObjectNode rotation() {
        ObjectNode output = Json.object().put("KeyRotationEnabled", rotation).put("KeyId", arn);
        return rotation ? output.put("RotationPeriodInDays", rotationDays) : output;
    }

    synchronized ObjectNode scheduleDeletion(int days) {
        usable();
        if (days < SHORTEST_WAIT_DAYS || days > LONGEST_WAIT_DAYS) {
            throw AwsError.of("ValidationException", "PendingWindowInDays is " + days + "; expected 7 to 30");
        }
        state = "PendingDeletion";
        deletion = Instant.now().plus(days, ChronoUnit.DAYS);
        return Json.object()
                .put("KeyId", arn)
                .put("KeyState", state)
                .put("DeletionDate", deletion.getEpochSecond())
                .put("PendingWindowInDays", days);
    }

    synchronized void tag(JsonNode list) {
        list.forEach(tag ->
                tags.put(tag.path("TagKey").asText(), tag.path("TagValue").asText()));
    }

    synchronized void untag(JsonNode keys) {
        keys.forEach(key -> tags.remove(key.asText()));
    }

    synchronized ObjectNode tags() {
        ObjectNode output = Json.object().put("Truncated", false);
        output.putArray("Tags");
        tags.forEach((key, value) ->
                output.withArrayProperty("Tags").addObject().put("TagKey", key).put("TagValue", value));
        return output;
    }

    private void usable() {
        if (state.equals("PendingDeletion")) {
            throw AwsError.of("KMSInvalidStateException", arn + " is pending deletion.");
        }
    }

    private static String ownerPolicy(String accountId) {
        ObjectNode policy = Json.object().put("Version", "2012-10-17").put("Id", "key-default-1");
        ObjectNode statement = policy.putArray("Statement")
                .addObject()
                .put("Sid", "Enable IAM User Permissions")
                .put("Effect", "Allow")
                .put("Action", "kms:*")
                .put("Resource", "*");
        statement.putObject("Principal").put("AWS", "arn:aws:iam::" + accountId + ":root");
        return policy.toString();
    }
}
