package io.marketpipeline.maven.artifact;

import io.marketpipeline.maven.aws.AwsFailures;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.text.Sha256Hex;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Keeps zips and templates in a bucket under the hash of their bytes, so that the same is uploaded once. Thread-safe.
 */
public final class ArtifactStore {
    private static final int MISSING = 404;
    private static final int FORBIDDEN = 403;

    private final S3Client s3;
    private final AwsFailures failures;
    private final String bucket;
    private final String owner;

    /**
     * A store in the bucket, through the client, which stays the caller's.
     *
     * @param owner account that the bucket must belong to: its name can be guessed, and whoever takes it first in another
     *     account would be given the code
     */
    public ArtifactStore(S3Client s3, AwsFailures failures, String bucket, String owner) {
        this.owner = owner;
        this.s3 = s3;
        this.failures = failures;
        this.bucket = bucket;
    }

    /**
     * Whether there is such a bucket.
     *
     * @throws UserFixableException where there is one that the caller may not use
     */
    public boolean bucketExists() {
        return failures.during("look for the artifact bucket " + bucket, () -> {
            try {
                s3.headBucket(request -> request.bucket(bucket).expectedBucketOwner(owner));
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == MISSING) {
                    return false;
                }
                if (e.statusCode() == FORBIDDEN) {
                    throw new UserFixableException(
                            "The artifact bucket " + bucket
                                    + " exists, but AWS denies the use of it, or it belongs to another account than "
                                    + owner + ". Allow s3:ListBucket,"
                                    + " s3:GetObject and s3:PutObject on it in the IAM policy of your identity.",
                            e);
                }
                throw e;
            }
        });
    }

    /**
     * Uploads the file unless something is there under the key, which stands for its content.
     *
     * @return whether it was uploaded
     */
    public boolean put(String key, Path file) {
        return put(key, RequestBody.fromFile(file));
    }

    /** Uploads the template unless it is there, and returns the URL that CloudFormation reads it from. */
    public String putTemplate(String template) {
        String key = templateKey(template);
        put(key, RequestBody.fromString(template, StandardCharsets.UTF_8));
        return s3.utilities().getUrl(request -> request.bucket(bucket).key(key)).toString();
    }

    /**
     * A template that is there until it is removed; uploaded when its URL is first asked for. One that was there before
     * stays.
     */
    public TemporaryTemplate temporaryTemplate(String template) {
        return new TemporaryTemplate(template);
    }

    /** See {@link #temporaryTemplate}. Not thread-safe. */
    public final class TemporaryTemplate {
        private final String template;
        private final String key;
        private boolean uploaded;

        private TemporaryTemplate(String template) {
            this.template = template;
            this.key = templateKey(template);
        }

        /** Where CloudFormation reads it. */
        public String url() {
            uploaded = uploaded || !exists(key);
            return putTemplate(template);
        }

        /** Removes what was uploaded, and no trace of it stays in a bucket that keeps old versions. */
        public void remove() {
            if (uploaded) {
                failures.during("remove " + key + " from bucket " + bucket, () -> {
                    String version = s3.headObject(request -> request.bucket(bucket)
                                    .expectedBucketOwner(owner)
                                    .key(key))
                            .versionId();
                    return s3.deleteObject(request -> request.bucket(bucket)
                            .expectedBucketOwner(owner)
                            .key(key)
                            .versionId(version));
                });
            }
        }
    }

    private static String templateKey(String template) {
        return "templates/" + Sha256Hex.of(template) + ".yaml";
    }

    private boolean put(String key, RequestBody body) {
        if (exists(key)) {
            return false;
        }
        failures.during(
                "upload " + key + " to bucket " + bucket,
                () -> s3.putObject(
                        request -> request.bucket(bucket)
                                .expectedBucketOwner(owner)
                                .key(key),
                        body));
        return true;
    }

    private boolean exists(String key) {
        return failures.during("look for " + key + " in bucket " + bucket, () -> {
            try {
                s3.headObject(request ->
                        request.bucket(bucket).expectedBucketOwner(owner).key(key));
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == MISSING) {
                    return false;
                }
                throw e;
            }
        });
    }
}
