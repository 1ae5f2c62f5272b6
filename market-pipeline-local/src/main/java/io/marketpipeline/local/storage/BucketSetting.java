package io.marketpipeline.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Json;
import org.jspecify.annotations.Nullable;

/** A setting of a bucket, which is kept and read back: its operations' names, its member, and the error without it. */
enum BucketSetting {
    BUCKET_ENCRYPTION("BucketEncryption", "ServerSideEncryptionConfiguration", true, ""),
    BUCKET_VERSIONING("BucketVersioning", "VersioningConfiguration", false, ""),
    PUBLIC_ACCESS_BLOCK(
            "PublicAccessBlock", "PublicAccessBlockConfiguration", true, "NoSuchPublicAccessBlockConfiguration"),
    BUCKET_POLICY("BucketPolicy", "Policy", true, "NoSuchBucketPolicy"),
    BUCKET_LIFECYCLE("BucketLifecycleConfiguration", "LifecycleConfiguration", false, "NoSuchLifecycleConfiguration"),
    BUCKET_TAGGING("BucketTagging", "Tagging", false, "NoSuchTagSet"),
    BUCKET_OWNERSHIP_CONTROLS("BucketOwnershipControls", "OwnershipControls", true, "OwnershipControlsNotFoundError");

    private final String operation;
    private final String member;
    private final boolean wrapped;
    private final String missing;

    /**
     * Names a setting.
     *
     * @param wrapped whether the Get operation answers the member itself, or only what is in it
     * @param missing the error code without the setting; empty if there is a default
     */
    BucketSetting(String operation, String member, boolean wrapped, String missing) {
        this.operation = operation;
        this.member = member;
        this.wrapped = wrapped;
        this.missing = missing;
    }

    String put() {
        return "Put" + operation;
    }

    String get() {
        return "Get" + operation;
    }

    String delete() {
        return this == BUCKET_LIFECYCLE ? "DeleteBucketLifecycle" : "Delete" + operation;
    }

    JsonNode read(ObjectNode input) {
        JsonNode value = input.get(member);
        if (value == null) {
            throw AwsError.of("MalformedXML", "Parameter " + member + " is missing");
        }
        if (this == BUCKET_POLICY && !Json.isObject(value.asText())) {
            throw AwsError.of("MalformedPolicy", "The policy is not a JSON object");
        }
        return value;
    }

    JsonNode write(@Nullable JsonNode value) {
        if (value != null) {
            return wrapped ? Json.object().set(member, value) : value;
        }
        if (this == BUCKET_VERSIONING) {
            return Json.object();
        }
        if (this == BUCKET_ENCRYPTION) {
            ObjectNode output = Json.object();
            output.withObjectProperty(member)
                    .withArrayProperty("Rules")
                    .addObject()
                    .withObjectProperty("ApplyServerSideEncryptionByDefault")
                    .put("SSEAlgorithm", "AES256");
            return output;
        }
        throw AwsError.of(missing, "The bucket has no " + member, 404);
    }
}
