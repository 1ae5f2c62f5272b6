package io.marketpipeline.maven.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.aws.AwsFailures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ArtifactStoreTest {
    private final FakeS3 s3 = new FakeS3();
    private final ArtifactStore store = new ArtifactStore(
            s3,
            new AwsFailures(new AwsEnvironment("dev", "us-east-1", Optional.empty(), Optional.empty(), Map.of())),
            "artifacts",
            "111122223333");

    @Test
    void putWhenKeyIsNewUploads(@TempDir Path directory) throws IOException {
        Path zip = Files.writeString(directory.resolve("function.zip"), "zip");

        assertThat(store.put("functions/abc.zip", zip)).isTrue();
        assertThat(s3.keys).containsExactly("functions/abc.zip");
    }

    @Test
    void putWhenKeyIsThereUploadsNothing(@TempDir Path directory) throws IOException {
        Path zip = Files.writeString(directory.resolve("function.zip"), "zip");
        store.put("functions/abc.zip", zip);

        assertThat(store.put("functions/abc.zip", zip)).isFalse();
        assertThat(s3.keys).hasSize(1);
    }

    @Test
    void putTemplateIsFoundUnderItsHash() {
        String url = store.putTemplate("Resources: {}");

        assertThat(url).matches("http://127.0.0.1:4700/artifacts/templates/[0-9a-f]{64}\\.yaml");
        assertThat(store.putTemplate("Resources: {}")).isEqualTo(url);
        assertThat(s3.keys).hasSize(1);
    }

    @Test
    void temporaryTemplateWhenRemovedLeavesNoVersion() {
        ArtifactStore.TemporaryTemplate template = store.temporaryTemplate("Resources: {}");

        assertThat(s3.keys).isEmpty();
        assertThat(template.url()).endsWith(".yaml");
        template.remove();

        assertThat(s3.keys).isEmpty();
        assertThat(s3.deletedVersions).containsExactly("version-1");
    }

    @Test
    void temporaryTemplateWhenItWasThereBeforeStays() {
        store.putTemplate("Resources: {}");
        ArtifactStore.TemporaryTemplate template = store.temporaryTemplate("Resources: {}");
        template.url();

        template.remove();

        assertThat(s3.keys).hasSize(1);
    }

    @Test
    void everyRequestSaysWhoseBucketItMustBe(@TempDir Path directory) throws IOException {
        store.bucketExists();
        store.put("functions/abc.zip", Files.writeString(directory.resolve("function.zip"), "zip"));

        assertThat(s3.owners).hasSize(3).containsOnly("111122223333");
    }

    @Test
    void bucketExistsWhenMissingIsFalse() {
        s3.bucketStatus = 404;

        assertThat(store.bucketExists()).isFalse();
    }

    @Test
    void bucketExistsWhenDeniedNamesTheActions() {
        s3.bucketStatus = 403;

        assertThatThrownBy(store::bucketExists)
                .hasMessageContaining("The artifact bucket artifacts exists, but AWS denies the use of it")
                .hasMessageContaining("s3:PutObject");
    }

    /** One bucket of keys. */
    private static final class FakeS3 implements S3Client {
        private final List<String> keys = new ArrayList<>();
        private final List<String> owners = new ArrayList<>();
        private final List<String> deletedVersions = new ArrayList<>();
        private int bucketStatus = 200;

        @Override
        public HeadBucketResponse headBucket(HeadBucketRequest request) {
            owners.add(request.expectedBucketOwner());
            if (bucketStatus != 200) {
                throw failure(bucketStatus);
            }
            return HeadBucketResponse.builder().build();
        }

        @Override
        public HeadObjectResponse headObject(HeadObjectRequest request) {
            owners.add(request.expectedBucketOwner());
            if (!keys.contains(request.key())) {
                throw failure(404);
            }
            return HeadObjectResponse.builder().versionId("version-1").build();
        }

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            owners.add(request.expectedBucketOwner());
            keys.add(request.key());
            return PutObjectResponse.builder().build();
        }

        @Override
        public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
            keys.remove(request.key());
            deletedVersions.add(request.versionId());
            return DeleteObjectResponse.builder().build();
        }

        @Override
        public S3Utilities utilities() {
            return S3Utilities.builder()
                    .region(Region.US_EAST_1)
                    .endpoint(URI.create("http://127.0.0.1:4700"))
                    .s3Configuration(S3Configuration.builder()
                            .pathStyleAccessEnabled(true)
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}

        private static S3Exception failure(int status) {
            return (S3Exception) S3Exception.builder().statusCode(status).build();
        }
    }
}
