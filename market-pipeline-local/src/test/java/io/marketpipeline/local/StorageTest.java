package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

@ExtendWith(SharedEndpoint.class)
class StorageTest {
    private final S3Client s3 = SharedEndpoint.client(S3Client.builder().forcePathStyle(true));
    private String bucket = "";

    @BeforeEach
    void createBucket(TestInfo test) {
        bucket = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        s3.createBucket(request -> request.bucket(bucket));
    }

    @Test
    void bucketWhenCreatedAgainInTheFirstRegionIsKept() {
        s3.putObject(request -> request.bucket(bucket).key("k"), RequestBody.fromString("v"));

        s3.createBucket(request -> request.bucket(bucket));

        assertThat(s3.getObjectAsBytes(request -> request.bucket(bucket).key("k"))
                        .asUtf8String())
                .isEqualTo("v");
    }

    @Test
    void objectPutWithTrailingChecksumReadsBackWhole() {
        String content = "first line\r\n0\r\nlast line".repeat(10_000);
        s3.putObject(
                request -> request.bucket(bucket).key("a b/ü+1.zip").metadata(Map.of("sha", "x")),
                RequestBody.fromContentProvider(
                        () -> new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
                        content.getBytes(StandardCharsets.UTF_8).length,
                        "application/zip"));

        ResponseBytes<GetObjectResponse> read =
                s3.getObjectAsBytes(request -> request.bucket(bucket).key("a b/ü+1.zip"));

        assertThat(read.asUtf8String()).isEqualTo(content);
        assertThat(read.response().contentType()).isEqualTo("application/zip");
        assertThat(read.response().metadata()).containsEntry("sha", "x");
        assertThat(s3.headObject(request -> request.bucket(bucket).key("a b/ü+1.zip"))
                        .contentLength())
                .isEqualTo(content.length());
    }

    @Test
    void objectsWhenListedWithDelimiterComeInGroups() {
        for (String key : new String[] {"a/1", "a/2", "b"}) {
            s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(key));
        }

        ListObjectsV2Response all =
                s3.listObjectsV2(request -> request.bucket(bucket).delimiter("/"));

        assertThat(all.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/");
        assertThat(all.contents()).extracting(S3Object::key).containsExactly("b");
        assertThat(s3.listObjectsV2Paginator(request -> request.bucket(bucket).maxKeys(1))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("a/1", "a/2", "b");
    }

    @Test
    void objectWhenMissingIsTheSdksTypedException() {
        assertThatThrownBy(() ->
                        s3.getObjectAsBytes(request -> request.bucket(bucket).key("none")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> s3.headObject(request -> request.bucket(bucket).key("none")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> s3.headBucket(request -> request.bucket("none-such")))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void bucketWhenNotEmptyIsKeptUntilItIsEmptied() {
        s3.putObject(request -> request.bucket(bucket).key("k"), RequestBody.fromString("v"));
        assertThatThrownBy(() -> s3.deleteBucket(request -> request.bucket(bucket)))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("not empty");

        s3.deleteObjects(request -> request.bucket(bucket)
                .delete(delete ->
                        delete.objects(ObjectIdentifier.builder().key("k").build())));
        s3.deleteBucket(request -> request.bucket(bucket));

        assertThat(s3.listBuckets().buckets()).noneMatch(found -> found.name().equals(bucket));
    }

    @Test
    void settingsWhenPutReadBack() {
        s3.putBucketEncryption(request -> request.bucket(bucket)
                .serverSideEncryptionConfiguration(
                        configuration -> configuration.rules(ServerSideEncryptionRule.builder()
                                .applyServerSideEncryptionByDefault(
                                        byDefault -> byDefault.sseAlgorithm(ServerSideEncryption.AWS_KMS))
                                .build())));
        s3.putBucketVersioning(request -> request.bucket(bucket)
                .versioningConfiguration(configuration -> configuration.status(BucketVersioningStatus.ENABLED)));
        s3.putPublicAccessBlock(
                request -> request.bucket(bucket).publicAccessBlockConfiguration(block -> block.blockPublicAcls(true)));
        s3.putBucketPolicy(request -> request.bucket(bucket).policy("{\"Version\":\"2012-10-17\"}"));
        s3.putBucketLifecycleConfiguration(request -> request.bucket(bucket)
                .lifecycleConfiguration(configuration -> configuration.rules(LifecycleRule.builder()
                        .id("old")
                        .status(ExpirationStatus.ENABLED)
                        .filter(filter -> filter.prefix(""))
                        .expiration(expiration -> expiration.days(3))
                        .build())));
        s3.putBucketTagging(request -> request.bucket(bucket)
                .tagging(tagging ->
                        tagging.tagSet(Tag.builder().key("a").value("b").build())));

        assertThat(s3.getBucketEncryption(request -> request.bucket(bucket))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .get(0)
                        .applyServerSideEncryptionByDefault()
                        .sseAlgorithm())
                .isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(s3.getBucketVersioning(request -> request.bucket(bucket)).status())
                .isEqualTo(BucketVersioningStatus.ENABLED);
        assertThat(s3.getPublicAccessBlock(request -> request.bucket(bucket))
                        .publicAccessBlockConfiguration()
                        .blockPublicAcls())
                .isTrue();
        assertThat(s3.getBucketPolicy(request -> request.bucket(bucket)).policy())
                .isEqualTo("{\"Version\":\"2012-10-17\"}");
        assertThat(s3.getBucketLifecycleConfiguration(request -> request.bucket(bucket))
                        .rules()
                        .get(0)
                        .expiration()
                        .days())
                .isEqualTo(3);
        assertThat(s3.getBucketTagging(request -> request.bucket(bucket)).tagSet())
                .containsExactly(Tag.builder().key("a").value("b").build());
    }

    @Test
    void settingsWhenDeletedAreGone() {
        assertThat(s3.getBucketLocation(request -> request.bucket(bucket)).locationConstraintAsString())
                .isNullOrEmpty();
        s3.putBucketOwnershipControls(request -> request.bucket(bucket)
                .ownershipControls(controls -> controls.rules(OwnershipControlsRule.builder()
                        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                        .build())));
        assertThat(s3.getBucketOwnershipControls(request -> request.bucket(bucket))
                        .ownershipControls()
                        .rules())
                .hasSize(1);

        s3.deleteBucketOwnershipControls(request -> request.bucket(bucket));
        s3.deleteBucketEncryption(request -> request.bucket(bucket));
        s3.deleteBucketLifecycle(request -> request.bucket(bucket));
        s3.deleteBucketPolicy(request -> request.bucket(bucket));
        s3.deleteBucketTagging(request -> request.bucket(bucket));
        s3.deletePublicAccessBlock(request -> request.bucket(bucket));

        assertThatThrownBy(() -> s3.getBucketOwnershipControls(request -> request.bucket(bucket)))
                .isInstanceOf(S3Exception.class);
        assertThatThrownBy(() -> s3.getBucketPolicy(request -> request.bucket(bucket)))
                .isInstanceOf(S3Exception.class);
    }

    @Test
    void objectWhenDeletedIsGone() {
        s3.putObject(request -> request.bucket(bucket).key("k"), RequestBody.fromString("v"));

        s3.deleteObject(request -> request.bucket(bucket).key("k"));

        assertThatThrownBy(() ->
                        s3.getObjectAsBytes(request -> request.bucket(bucket).key("k")))
                .isInstanceOf(NoSuchKeyException.class);
    }
}
