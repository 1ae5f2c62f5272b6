package io.marketpipeline.local.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A customer-managed policy with its versions. Guarded by its lock. */
final class ManagedPolicy {
    private static final int MOST_VERSIONS = 5;

    private record Version(String document, Instant created) {}

    private final ObjectNode fixed;
    private final Map<Integer, Version> versions = new TreeMap<>();
    private int newest;
    private int standard;

    final Tags tags = new Tags();

    /**
     * Creates a policy with its first version.
     *
     * @param fixed the members of a description that never change
     */
    ManagedPolicy(ObjectNode fixed, String document) {
        this.fixed = fixed;
        addVersion(document, true);
    }

    synchronized ObjectNode addVersion(String document, boolean asDefault) {
        if (versions.size() == MOST_VERSIONS) {
            throw AwsError.of(
                    "LimitExceeded", "A managed policy has at most 5 versions; delete one that isn't the default", 409);
        }
        newest++;
        versions.put(newest, new Version(document, Instant.now()));
        if (asDefault) {
            standard = newest;
        }
        return describeVersion(newest, false);
    }

    synchronized void removeVersion(String id) {
        int version = number(id);
        if (version == standard) {
            throw AwsError.of("DeleteConflict", "Cannot delete the default version of a policy", 409);
        }
        versions.remove(version);
    }

    synchronized ObjectNode version(String id) {
        return describeVersion(number(id), true);
    }

    synchronized List<ObjectNode> versions() {
        List<ObjectNode> result = new ArrayList<>();
        versions.keySet().forEach(version -> result.add(0, describeVersion(version, false)));
        return result;
    }

    synchronized ObjectNode describe(long attachments) {
        ObjectNode policy = fixed.deepCopy()
                .put("DefaultVersionId", "v" + standard)
                .put("AttachmentCount", attachments)
                .put("IsAttachable", true);
        return tags.describe(policy);
    }

    private ObjectNode describeVersion(int number, boolean withDocument) {
        Version version = versions.get(number);
        if (version == null) {
            throw AwsError.of("NoSuchEntity", "Policy version v" + number + " does not exist", 404);
        }
        ObjectNode result = Json.object()
                .put("VersionId", "v" + number)
                .put("IsDefaultVersion", number == standard)
                .put("CreateDate", version.created().getEpochSecond());
        return withDocument ? result.put("Document", Role.encode(version.document())) : result;
    }

    private int number(String id) {
        if (!id.matches("v[0-9]{1,8}") || !versions.containsKey(Integer.valueOf(id.substring(1)))) {
            throw AwsError.of("NoSuchEntity", "Policy version " + id + " does not exist", 404);
        }
        return Integer.parseInt(id.substring(1));
    }
}
