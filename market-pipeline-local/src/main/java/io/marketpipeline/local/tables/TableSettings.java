package io.marketpipeline.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a table has been set to that DynamoDB Local can't hold. Guarded by its own lock. */
final class TableSettings {
    /** Members of CreateTable and UpdateTable that are kept here, since the engine refuses or forgets them. */
    static final List<String> KEPT = List.of(
            "DeletionProtectionEnabled",
            "SSESpecification",
            "TableClass",
            "Tags",
            "OnDemandThroughput",
            "WarmThroughput");

    private static final int LONGEST_RECOVERY_DAYS = 35;
    private static final int MOST_TAGS = 50;

    private final EndpointSettings endpoint;
    private final Clock clock;
    private final Map<String, String> tags = new TreeMap<>();
    private boolean deletionProtection;
    private ObjectNode encryption = Json.object();
    private String tableClass = "STANDARD";
    private boolean recovery;
    private int recoveryDays = LONGEST_RECOVERY_DAYS;
    private Instant recoverySince = Instant.EPOCH;
    private boolean insights;

    TableSettings(EndpointSettings endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** Takes over what a CreateTable or UpdateTable says. */
    synchronized void apply(JsonNode input) {
        if (input.hasNonNull("DeletionProtectionEnabled")) {
            deletionProtection = input.get("DeletionProtectionEnabled").asBoolean();
        }
        if (input.hasNonNull("TableClass")) {
            tableClass = input.get("TableClass").asText();
        }
        if (input.get("SSESpecification") instanceof ObjectNode specification) {
            encryption = specification.deepCopy();
        }
        tag(input.path("Tags"));
    }

    /** Adds the kept settings to a table's description. */
    synchronized void describe(ObjectNode description) {
        description.put("DeletionProtectionEnabled", deletionProtection);
        if (!tableClass.equals("STANDARD")) {
            description.putObject("TableClassSummary").put("TableClass", tableClass);
        }
        if (encryption.path("Enabled").asBoolean()) {
            String key = encryption.path("KMSMasterKeyId").asText("alias/aws/dynamodb");
            description
                    .putObject("SSEDescription")
                    .put("Status", "ENABLED")
                    .put("SSEType", "KMS")
                    .put("KMSMasterKeyArn", keyArn(key));
        }
    }

    synchronized boolean deletionProtection() {
        return deletionProtection;
    }

    synchronized void recovery(JsonNode specification) {
        boolean enabled = specification.path("PointInTimeRecoveryEnabled").asBoolean();
        int days = specification.path("RecoveryPeriodInDays").asInt(LONGEST_RECOVERY_DAYS);
        if (days < 1 || days > LONGEST_RECOVERY_DAYS) {
            throw AwsError.of("ValidationException", "RecoveryPeriodInDays is " + days + "; expected 1 to 35");
        }
        if (enabled && !recovery) {
            recoverySince = clock.instant();
        }
        recovery = enabled;
        recoveryDays = days;
    }

    synchronized ObjectNode backups() {
        ObjectNode description = Json.object().put("ContinuousBackupsStatus", "ENABLED");
        ObjectNode inTime = description
                .putObject("PointInTimeRecoveryDescription")
                .put("PointInTimeRecoveryStatus", recovery ? "ENABLED" : "DISABLED");
        if (recovery) {
            inTime.put("RecoveryPeriodInDays", recoveryDays)
                    .put("EarliestRestorableDateTime", recoverySince.getEpochSecond())
                    .put("LatestRestorableDateTime", clock.instant().getEpochSecond());
        }
        return Json.object().set("ContinuousBackupsDescription", description);
    }

    synchronized void insights(boolean enabled) {
        insights = enabled;
    }

    synchronized String insightsStatus() {
        return insights ? "ENABLED" : "DISABLED";
    }

    synchronized void tag(JsonNode list) {
        list.forEach(tag -> tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        if (tags.size() > MOST_TAGS) {
            throw AwsError.of("ValidationException", "A table has at most " + MOST_TAGS + " tags");
        }
    }

    synchronized void untag(JsonNode keys) {
        keys.forEach(key -> tags.remove(key.asText()));
    }

    synchronized ObjectNode tags() {
        ObjectNode output = Json.object();
        tags.forEach((key, value) ->
                output.withArrayProperty("Tags").addObject().put("Key", key).put("Value", value));
        output.withArrayProperty("Tags");
        return output;
    }

    private String keyArn(String key) {
        return key.startsWith("arn:")
                ? key
                : endpoint.arn("kms", key.startsWith("alias/") || key.startsWith("key/") ? key : "key/" + key);
    }
}
