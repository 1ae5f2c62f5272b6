package io.marketpipeline.local.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** A role. What UpdateRole can change is guarded by its lock; policies and tags are thread-safe. */
final class Role {
    private static final int SESSION_SECONDS = 3600;

    private final String name;
    private final String id;
    private final String path;
    private final String arn;
    private final Instant created;
    private String trust;
    private String description = "";
    private String boundary = "";
    private int session = SESSION_SECONDS;

    final Map<String, String> inline = new ConcurrentSkipListMap<>();
    final Set<String> attached = new ConcurrentSkipListSet<>();
    final Tags tags = new Tags();

    Role(String name, String id, String path, String arn, String trust, Instant created) {
        this.name = name;
        this.id = id;
        this.path = path;
        this.arn = arn;
        this.trust = trust;
        this.created = created;
    }

    String name() {
        return name;
    }

    synchronized void trust(String document) {
        trust = document;
    }

    synchronized void boundary(String policyArn) {
        boundary = policyArn;
    }

    synchronized void update(ObjectNode input) {
        description = input.path("Description").asText(description);
        session = input.path("MaxSessionDuration").asInt(session);
    }

    synchronized ObjectNode describe() {
        ObjectNode role = Json.object()
                .put("Path", path)
                .put("RoleName", name)
                .put("RoleId", id)
                .put("Arn", arn)
                .put("CreateDate", created.getEpochSecond())
                .put("AssumeRolePolicyDocument", encode(trust))
                .put("MaxSessionDuration", session);
        if (!description.isEmpty()) {
            role.put("Description", description);
        }
        if (!boundary.isEmpty()) {
            role.putObject("PermissionsBoundary")
                    .put("PermissionsBoundaryType", "Policy")
                    .put("PermissionsBoundaryArn", boundary);
        }
        return tags.describe(role);
    }

    /** IAM answers policy documents URL-encoded (RFC 3986). */
    static String encode(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
