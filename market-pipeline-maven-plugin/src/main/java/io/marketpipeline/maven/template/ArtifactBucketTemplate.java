package io.marketpipeline.maven.template;

import java.util.List;
import java.util.Map;

/**
 * The bucket that functions' zips are uploaded to, one for each account and region, in a stack of its own that no
 * pipeline's removal touches.
 */
public final class ArtifactBucketTemplate {
    /** Name of the stack. */
    public static final String STACK_NAME = "market-pipeline-artifacts";

    /** Output: name of the bucket. */
    public static final String BUCKET_NAME_OUTPUT = "ArtifactBucketName";

    private static final String BUCKET = "ArtifactBucket";
    private static final int OLD_VERSION_DAYS = 30;
    private static final int UNFINISHED_UPLOAD_DAYS = 7;

    private ArtifactBucketTemplate() {}

    /**
     * Name of the bucket, at most 63 characters, as S3 wants it.
     *
     * @param accountId 12 digits
     */
    public static String bucketName(String accountId, String region) {
        return STACK_NAME + "-" + accountId + "-" + region;
    }

    /**
     * The bucket's template.
     *
     * @param tags of the bucket besides its name
     */
    public static Template of(String accountId, String region, Map<String, String> tags) {
        String name = bucketName(accountId, region);
        return new Template.Builder("Zips of market-pipeline functions")
                .add(bucket(name, new Tags(tags)))
                .add(policy())
                .output(BUCKET_NAME_OUTPUT, "Bucket that functions' zips are uploaded to", Intrinsic.ref(BUCKET))
                .build();
    }

    private static Resource bucket(String name, Tags tags) {
        Properties encryption = Properties.of(
                "ServerSideEncryptionConfiguration",
                List.of(Properties.of("ServerSideEncryptionByDefault", Properties.of("SSEAlgorithm", "AES256"))));
        Properties expiry = Properties.of("Id", "ExpireOldVersions")
                .with("Status", "Enabled")
                .with("NoncurrentVersionExpiration", Properties.of("NoncurrentDays", OLD_VERSION_DAYS))
                .with("AbortIncompleteMultipartUpload", Properties.of("DaysAfterInitiation", UNFINISHED_UPLOAD_DAYS));
        return new Resource(
                        BUCKET,
                        "AWS::S3::Bucket",
                        Properties.of("BucketName", name)
                                .with("BucketEncryption", encryption)
                                .with(
                                        "PublicAccessBlockConfiguration",
                                        Properties.of("BlockPublicAcls", true)
                                                .with("BlockPublicPolicy", true)
                                                .with("IgnorePublicAcls", true)
                                                .with("RestrictPublicBuckets", true))
                                .with(
                                        "OwnershipControls",
                                        Properties.of(
                                                "Rules",
                                                List.of(Properties.of("ObjectOwnership", "BucketOwnerEnforced"))))
                                .with("VersioningConfiguration", Properties.of("Status", "Enabled"))
                                .with("LifecycleConfiguration", Properties.of("Rules", List.of(expiry)))
                                .with("Tags", tags.named(name)))
                .retained(true)
                .skipping("CKV_AWS_18", "Holds code that any deploy can make again; CloudTrail records who writes it");
    }

    private static Resource policy() {
        List<Object> all = List.of(Intrinsic.arn(BUCKET), Intrinsic.sub("${" + BUCKET + ".Arn}/*"));
        return new Resource(
                        "ArtifactBucketPolicy",
                        "AWS::S3::BucketPolicy",
                        Properties.of("Bucket", Intrinsic.ref(BUCKET))
                                .with("PolicyDocument", Policies.document(List.of(Policies.tlsOnly("s3:*", all)))))
                .retained(true);
    }
}
