package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.resource.ResourceDefinition.Change;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** S3's buckets and their policies. */
final class StorageResources {
    private static final String ACCESS = "PublicAccessBlockConfiguration";

    private StorageResources() {}

    static List<ResourceDefinition> all() {
        return List.of(bucket(), bucketPolicy());
    }

    private static ResourceDefinition bucket() {
        return ResourceDefinition.of("AWS::S3::Bucket", "s3")
                .identifiedBy("BucketName")
                .create((calls, properties) -> {
                    String name = properties.path("BucketName").asText();
                    calls.call("CreateBucket", Input.empty().put("Bucket", name));
                    return name;
                })
                .setting(
                        Set.of("VersioningConfiguration"),
                        part(
                                "VersioningConfiguration",
                                "PutBucketVersioning",
                                "",
                                "VersioningConfiguration",
                                value -> value))
                .setting(
                        Set.of("BucketEncryption"),
                        part(
                                "BucketEncryption",
                                "PutBucketEncryption",
                                "DeleteBucketEncryption",
                                "ServerSideEncryptionConfiguration",
                                StorageResources::encryption))
                .setting(
                        Set.of(ACCESS),
                        part(ACCESS, "PutPublicAccessBlock", "DeletePublicAccessBlock", ACCESS, value -> value))
                .setting(
                        Set.of("LifecycleConfiguration"),
                        part(
                                "LifecycleConfiguration",
                                "PutBucketLifecycleConfiguration",
                                "DeleteBucketLifecycle",
                                "LifecycleConfiguration",
                                StorageResources::lifecycle))
                .setting(
                        Set.of("OwnershipControls"),
                        part(
                                "OwnershipControls",
                                "PutBucketOwnershipControls",
                                "DeleteBucketOwnershipControls",
                                "OwnershipControls",
                                value -> value))
                .setting(
                        Set.of(Tags.PROPERTY),
                        part(
                                Tags.PROPERTY,
                                "PutBucketTagging",
                                "DeleteBucketTagging",
                                "Tagging",
                                value -> JsonNodeFactory.instance.objectNode().set("TagSet", value)))
                .delete((calls, properties) -> calls.remove("DeleteBucket", bucket(calls)))
                .read((calls, properties) -> calls.find("HeadBucket", bucket(calls)))
                .attributes(StorageResources::attributes)
                .build();
    }

    private static Change part(
            String property, String put, String remove, String member, UnaryOperator<JsonNode> toApi) {
        return (calls, before, after) -> {
            if (after.has(property)) {
                calls.call(put, bucket(calls).put(member, toApi.apply(after.path(property))));
            } else if (!remove.isEmpty()) {
                calls.call(remove, bucket(calls));
            } else {
                calls.call(
                        put,
                        bucket(calls)
                                .put(
                                        member,
                                        JsonNodeFactory.instance.objectNode().put("Status", "Suspended")));
            }
        };
    }

    private static Input bucket(ResourceCalls calls) {
        return Input.empty().put("Bucket", calls.physicalId());
    }

    private static JsonNode encryption(JsonNode property) {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        ArrayNode rules = configuration.putArray("Rules");
        property.path("ServerSideEncryptionConfiguration")
                .forEach(rule -> rules.add(Input.of((ObjectNode) rule)
                        .rename("ServerSideEncryptionByDefault", "ApplyServerSideEncryptionByDefault")
                        .copy("BucketKeyEnabled")
                        .build()));
        return configuration;
    }

    private static JsonNode lifecycle(JsonNode property) {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        ArrayNode rules = configuration.putArray("Rules");
        property.path("Rules").forEach(rule -> {
            ObjectNode none = JsonNodeFactory.instance.objectNode();
            Input input = Input.of((ObjectNode) rule)
                    .rename("Id", "ID")
                    .copy("Status", "NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload")
                    .put(
                            "Filter",
                            none.deepCopy().put("Prefix", rule.path("Prefix").asText("")));
            if (rule.has("ExpirationInDays")) {
                input.put("Expiration", none.deepCopy().set("Days", rule.path("ExpirationInDays")));
            }
            rules.add(input.build());
        });
        return configuration;
    }

    private static Map<String, String> attributes(ResourceCalls calls, ObjectNode properties) {
        String name = calls.physicalId();
        String region = calls.settings().region();
        return Map.of(
                "Arn", "arn:aws:s3:::" + name,
                "DomainName", name + ".s3.amazonaws.com",
                "RegionalDomainName", name + ".s3." + region + ".amazonaws.com",
                "DualStackDomainName", name + ".s3.dualstack." + region + ".amazonaws.com",
                "WebsiteURL", "http://" + name + ".s3-website-" + region + ".amazonaws.com");
    }

    private static ResourceDefinition bucketPolicy() {
        return ResourceDefinition.of("AWS::S3::BucketPolicy", "s3")
                .identify((calls, properties) -> ResourceDefinition.text(properties, "Bucket"))
                .create((calls, properties) -> {
                    putPolicy(calls, properties);
                    return properties.path("Bucket").asText();
                })
                .update(Set.of("PolicyDocument"), (calls, before, after) -> putPolicy(calls, after))
                .delete((calls, properties) -> calls.remove("DeleteBucketPolicy", bucket(calls)))
                .read((calls, properties) -> calls.find("GetBucketPolicy", bucket(calls)))
                .build();
    }

    private static void putPolicy(ResourceCalls calls, ObjectNode properties) {
        calls.call("PutBucketPolicy", Input.of(properties).copy("Bucket").json("PolicyDocument", "Policy"));
    }
}
