package io.marketpipeline.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** S3. Versions of objects are not kept: versioning is a setting that is read back. */
public final class Storage implements AwsService {
    /** Here alone S3 takes the creation of a bucket that the account has: S3 API reference, CreateBucket. */
    private static final String FORGIVING_REGION = "us-east-1";

    private static final String BUCKET_NAME = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";
    private static final int LARGEST_PAGE = 1000;

    private final String region;
    private final Clock clock = Clock.systemUTC();
    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, Operation> operations;

    /** Creates a service without buckets. */
    public Storage(String region) {
        this.region = region;
        Map<String, Operation> all = new HashMap<>();
        all.put("CreateBucket", this::createBucket);
        all.put("HeadBucket", this::headBucket);
        all.put("DeleteBucket", this::deleteBucket);
        all.put("ListBuckets", this::listBuckets);
        all.put("GetBucketLocation", this::location);
        all.put("PutObject", this::putObject);
        all.put("GetObject", this::getObject);
        all.put("HeadObject", this::headObject);
        all.put("DeleteObject", this::deleteObject);
        all.put("DeleteObjects", this::deleteObjects);
        all.put("ListObjectsV2", this::listObjects);
        for (BucketSetting setting : BucketSetting.values()) {
            all.put(setting.put(), (input, context) -> {
                bucket(input).settings().put(setting.name(), setting.read(input));
                return Json.object();
            });
            all.put(
                    setting.get(),
                    (input, context) -> setting.write(bucket(input).settings().get(setting.name())));
            if (setting != BucketSetting.BUCKET_VERSIONING) {
                all.put(setting.delete(), (input, context) -> {
                    bucket(input).settings().remove(setting.name());
                    return Json.object();
                });
            }
        }
        this.operations = Map.copyOf(all);
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private JsonNode createBucket(ObjectNode input, CallContext context) {
        String name = Json.required(input, "Bucket", "InvalidBucketName");
        if (!name.matches(BUCKET_NAME)) {
            throw AwsError.of("InvalidBucketName", "The specified bucket is not valid: " + name);
        }
        boolean exists = buckets.putIfAbsent(name, new Bucket(name, clock.instant())) != null;
        if (exists && !region.equals(FORGIVING_REGION)) {
            throw AwsError.of(
                    "BucketAlreadyOwnedByYou", "The bucket " + name + " exists already and is owned by you", 409);
        }
        return Json.object().put("Location", "/" + name);
    }

    private JsonNode headBucket(ObjectNode input, CallContext context) {
        bucket(input);
        return Json.object().put("BucketRegion", region);
    }

    private JsonNode deleteBucket(ObjectNode input, CallContext context) {
        Bucket bucket = bucket(input);
        if (!bucket.objects().isEmpty()) {
            throw AwsError.of("BucketNotEmpty", "The bucket you tried to delete is not empty: " + bucket.name(), 409);
        }
        buckets.remove(bucket.name());
        return Json.object();
    }

    private JsonNode listBuckets(ObjectNode input, CallContext context) {
        ObjectNode output = Json.object();
        output.putObject("Owner").put("ID", context.accountId());
        output.putArray("Buckets");
        new TreeMap<>(buckets).forEach((name, bucket) -> output.withArrayProperty("Buckets")
                .addObject()
                .put("Name", name)
                .put("CreationDate", bucket.created().getEpochSecond()));
        return output;
    }

    private JsonNode location(ObjectNode input, CallContext context) {
        bucket(input);
        return Json.object().put("LocationConstraint", region.equals("us-east-1") ? "" : region);
    }

    private JsonNode putObject(ObjectNode input, CallContext context) {
        StoredObject object = StoredObject.of(input, clock.instant());
        bucket(input).objects().put(Json.required(input, "Key", "InvalidRequest"), object);
        ObjectNode output = Json.object().put("ETag", object.eTag());
        output.set("Checksums", object.checksums());
        return output;
    }

    private JsonNode getObject(ObjectNode input, CallContext context) {
        return object(input).read(input.path("Range").asText(""), input.has("ChecksumMode"));
    }

    private JsonNode headObject(ObjectNode input, CallContext context) {
        return object(input).describe(input.has("ChecksumMode"));
    }

    private JsonNode deleteObject(ObjectNode input, CallContext context) {
        bucket(input).objects().remove(input.path("Key").asText());
        return Json.object();
    }

    private JsonNode deleteObjects(ObjectNode input, CallContext context) {
        Bucket bucket = bucket(input);
        ObjectNode output = Json.object();
        boolean quiet = input.path("Delete").path("Quiet").asBoolean();
        for (JsonNode object : input.path("Delete").path("Objects")) {
            String key = object.path("Key").asText();
            bucket.objects().remove(key);
            if (!quiet) {
                output.withArrayProperty("Deleted").addObject().put("Key", key);
            }
        }
        return output;
    }

    private JsonNode listObjects(ObjectNode input, CallContext context) {
        Bucket bucket = bucket(input);
        String prefix = input.path("Prefix").asText("");
        String delimiter = input.path("Delimiter").asText("");
        String after =
                input.path("ContinuationToken").asText(input.path("StartAfter").asText(""));
        int most = Math.min(LARGEST_PAGE, input.path("MaxKeys").asInt(LARGEST_PAGE));
        ObjectNode output =
                Json.object().put("Name", bucket.name()).put("Prefix", prefix).put("MaxKeys", most);
        String group = "";
        String last = "";
        int count = 0;
        boolean more = false;
        for (Map.Entry<String, StoredObject> entry :
                bucket.objects().tailMap(after, false).entrySet()) {
            String key = entry.getKey();
            if (!key.startsWith(prefix) || (!group.isEmpty() && key.startsWith(group))) {
                continue;
            }
            if (count == most) {
                more = true;
                break;
            }
            int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            if (end >= 0) {
                group = key.substring(0, end + delimiter.length());
                output.withArrayProperty("CommonPrefixes").addObject().put("Prefix", group);
                last = group + Character.MAX_VALUE;
            } else {
                describe(output, entry.getValue(), key);
                last = key;
            }
            count++;
        }
        output.put("KeyCount", count).put("IsTruncated", more);
        return more ? output.put("NextContinuationToken", last) : output;
    }

    private static void describe(ObjectNode output, StoredObject object, String key) {
        output.withArrayProperty("Contents")
                .addObject()
                .put("Key", key)
                .put("ETag", object.eTag())
                .put("Size", object.size())
                .put("LastModified", object.modified().getEpochSecond())
                .put("StorageClass", "STANDARD");
    }

    private StoredObject object(ObjectNode input) {
        String key = input.path("Key").asText();
        StoredObject object = bucket(input).objects().get(key);
        if (object == null) {
            throw AwsError.of("NoSuchKey", "The specified key does not exist: " + key, 404);
        }
        return object;
    }

    private Bucket bucket(ObjectNode input) {
        String name = Json.required(input, "Bucket", "InvalidBucketName");
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            throw AwsError.of("NoSuchBucket", "The specified bucket does not exist: " + name, 404);
        }
        return bucket;
    }
}
