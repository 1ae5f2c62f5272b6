package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** IAM's roles and policies, KMS's keys and aliases. */
final class IdentityResources {
    private static final String DOCUMENT = "PolicyDocument";
    private static final String TRUST = "AssumeRolePolicyDocument";
    private static final String BOUNDARY = "PermissionsBoundary";
    private static final String ROTATION = "EnableKeyRotation";
    private static final String PERIOD = "RotationPeriodInDays";

    private IdentityResources() {}

    static List<ResourceDefinition> all() {
        return List.of(role(), managedPolicy(), key(), keyAlias());
    }

    private static ResourceDefinition role() {
        return ResourceDefinition.of("AWS::IAM::Role", "iam")
                .identifiedBy("RoleName")
                .create((calls, properties) -> {
                    calls.call(
                            "CreateRole",
                            Input.of(properties)
                                    .copy("RoleName", "Path", "Description", "MaxSessionDuration", BOUNDARY)
                                    .json(TRUST, TRUST)
                                    .tags(Tags.PROPERTY));
                    return properties.path("RoleName").asText();
                })
                .update(
                        Set.of(TRUST),
                        (calls, before, after) -> calls.call(
                                "UpdateAssumeRolePolicy",
                                Input.of(after).json(TRUST, DOCUMENT).put("RoleName", calls.physicalId())))
                .update(
                        Set.of("Description", "MaxSessionDuration"),
                        (calls, before, after) -> calls.call(
                                "UpdateRole",
                                Input.of(after)
                                        .put("Description", "")
                                        .copy("Description", "MaxSessionDuration")
                                        .put("RoleName", calls.physicalId())))
                .update(Set.of(BOUNDARY), IdentityResources::boundary)
                .settingOfSeveralCalls(Set.of("Policies"), IdentityResources::inlinePolicies)
                .settingOfSeveralCalls(Set.of("ManagedPolicyArns"), IdentityResources::attachedPolicies)
                .update(Set.of(Tags.PROPERTY), Tags.list("TagRole", "UntagRole", IdentityResources::roleName))
                .delete(IdentityResources::deleteRole)
                .read((calls, properties) ->
                        calls.find("GetRole", roleName(calls)).map(answer -> answer.path("Role")))
                .attributes(IdentityResources::roleAttributes)
                .live((calls, properties, role) -> Optional.of(liveRole(calls, role)))
                .build();
    }

    private static Input roleName(ResourceCalls calls) {
        return Input.empty().put("RoleName", calls.physicalId());
    }

    private static ObjectNode liveRole(ResourceCalls calls, JsonNode role) {
        ObjectNode live = Input.of((ObjectNode) role)
                .copy("RoleName", "Path", "Description", "MaxSessionDuration")
                .parsed(TRUST, TRUST)
                .put(Tags.PROPERTY, calls.call("ListRoleTags", roleName(calls)).path(Tags.PROPERTY))
                .build();
        JsonNode boundary = role.path(BOUNDARY).path("PermissionsBoundaryArn");
        if (!boundary.isMissingNode()) {
            live.set(BOUNDARY, boundary);
        }
        ArrayNode inline = JsonNodeFactory.instance.arrayNode();
        for (JsonNode name : calls.call("ListRolePolicies", roleName(calls)).path("PolicyNames")) {
            JsonNode policy = calls.call("GetRolePolicy", roleName(calls).put("PolicyName", name));
            inline.addObject()
                    .put("PolicyName", name.asText())
                    .set(DOCUMENT, ResourceCalls.parsed(policy.path(DOCUMENT).asText()));
        }
        if (!inline.isEmpty()) {
            live.set("Policies", inline);
        }
        ArrayNode attached = JsonNodeFactory.instance.arrayNode();
        calls.call("ListAttachedRolePolicies", roleName(calls))
                .path("AttachedPolicies")
                .forEach(policy -> attached.add(policy.path("PolicyArn")));
        if (!attached.isEmpty()) {
            live.set("ManagedPolicyArns", attached);
        }
        return live;
    }

    private static Map<String, String> roleAttributes(ResourceCalls calls, ObjectNode properties) {
        JsonNode role = calls.call("GetRole", roleName(calls)).path("Role");
        return Map.of(
                "Arn", role.path("Arn").asText(), "RoleId", role.path("RoleId").asText());
    }

    private static void boundary(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        if (after.has(BOUNDARY)) {
            calls.call("PutRolePermissionsBoundary", roleName(calls).put(BOUNDARY, after.path(BOUNDARY)));
        } else {
            calls.call("DeleteRolePermissionsBoundary", roleName(calls));
        }
    }

    private static void inlinePolicies(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        Map<String, JsonNode> old = inline(before);
        Map<String, JsonNode> wanted = inline(after);
        old.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .forEach(
                        name -> calls.remove("DeleteRolePolicy", roleName(calls).put("PolicyName", name)));
        wanted.forEach((name, document) -> {
            if (!document.equals(old.get(name))) {
                calls.call(
                        "PutRolePolicy",
                        roleName(calls)
                                .put("PolicyName", name)
                                .put(DOCUMENT, document.isTextual() ? document.asText() : document.toString()));
            }
        });
    }

    private static Map<String, JsonNode> inline(ObjectNode properties) {
        Map<String, JsonNode> policies = new LinkedHashMap<>();
        properties
                .path("Policies")
                .forEach(policy -> policies.put(policy.path("PolicyName").asText(), policy.path(DOCUMENT)));
        return policies;
    }

    private static void attachedPolicies(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        Set<String> old = texts(before.path("ManagedPolicyArns"));
        Set<String> wanted = texts(after.path("ManagedPolicyArns"));
        old.stream()
                .filter(arn -> !wanted.contains(arn))
                .forEach(arn -> calls.remove("DetachRolePolicy", roleName(calls).put("PolicyArn", arn)));
        wanted.stream()
                .filter(arn -> !old.contains(arn))
                .forEach(arn -> calls.call("AttachRolePolicy", roleName(calls).put("PolicyArn", arn)));
    }

    private static void deleteRole(ResourceCalls calls, ObjectNode properties) {
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        inlinePolicies(calls, properties, none);
        attachedPolicies(calls, properties, none);
        calls.remove("DeleteRole", roleName(calls));
    }

    private static ResourceDefinition managedPolicy() {
        return ResourceDefinition.of("AWS::IAM::ManagedPolicy", "iam")
                .identify((calls, properties) -> ResourceDefinition.text(properties, "ManagedPolicyName")
                        .map(name -> "arn:aws:iam::" + calls.settings().accountId() + ":policy"
                                + properties.path("Path").asText("/") + name))
                .create((calls, properties) -> calls.call(
                                "CreatePolicy",
                                Input.of(properties)
                                        .rename("ManagedPolicyName", "PolicyName")
                                        .copy("Path", "Description")
                                        .json(DOCUMENT, DOCUMENT))
                        .path("Policy")
                        .path("Arn")
                        .asText())
                .update(Set.of(DOCUMENT), IdentityResources::newPolicyVersion)
                .settingOfSeveralCalls(Set.of("Roles"), IdentityResources::policyRoles)
                .delete((calls, properties) -> {
                    policyRoles(calls, properties, JsonNodeFactory.instance.objectNode());
                    deleteOldVersions(calls);
                    calls.remove("DeletePolicy", policyArn(calls));
                })
                .read((calls, properties) ->
                        calls.find("GetPolicy", policyArn(calls)).map(answer -> answer.path("Policy")))
                .attributes(IdentityResources::policyAttributes)
                .live((calls, properties, policy) -> Optional.of(livePolicy(calls, policy)))
                .build();
    }

    private static ObjectNode livePolicy(ResourceCalls calls, JsonNode policy) {
        JsonNode version = calls.call(
                        "GetPolicyVersion", policyArn(calls).put("VersionId", policy.path("DefaultVersionId")))
                .path("PolicyVersion");
        ObjectNode live = Input.of((ObjectNode) policy)
                .rename("PolicyName", "ManagedPolicyName")
                .copy("Path", "Description")
                .put(DOCUMENT, ResourceCalls.parsed(version.path("Document").asText()))
                .build();
        ArrayNode roles = JsonNodeFactory.instance.arrayNode();
        calls.call("ListEntitiesForPolicy", policyArn(calls))
                .path("PolicyRoles")
                .forEach(role -> roles.add(role.path("RoleName")));
        if (!roles.isEmpty()) {
            live.set("Roles", roles);
        }
        return live;
    }

    private static Input policyArn(ResourceCalls calls) {
        return Input.empty().put("PolicyArn", calls.physicalId());
    }

    private static Map<String, String> policyAttributes(ResourceCalls calls, ObjectNode properties) {
        JsonNode policy = calls.call("GetPolicy", policyArn(calls)).path("Policy");
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : List.of("AttachmentCount", "DefaultVersionId", "IsAttachable", "PolicyId")) {
            attributes.put(name, policy.path(name).asText());
        }
        attributes.put("PolicyArn", calls.physicalId());
        return attributes;
    }

    /** IAM holds five versions of a policy; only the one in use is kept. */
    private static void newPolicyVersion(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        calls.call(
                "CreatePolicyVersion",
                Input.of(after)
                        .json(DOCUMENT, DOCUMENT)
                        .put("PolicyArn", calls.physicalId())
                        .put("SetAsDefault", BooleanNode.TRUE));
        deleteOldVersions(calls);
    }

    private static void deleteOldVersions(ResourceCalls calls) {
        calls.find("ListPolicyVersions", policyArn(calls))
                .ifPresent(answer -> answer.path("Versions").forEach(version -> {
                    if (!version.path("IsDefaultVersion").asBoolean()) {
                        calls.remove(
                                "DeletePolicyVersion", policyArn(calls).put("VersionId", version.path("VersionId")));
                    }
                }));
    }

    private static void policyRoles(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        Set<String> old = texts(before.path("Roles"));
        Set<String> wanted = texts(after.path("Roles"));
        old.stream()
                .filter(role -> !wanted.contains(role))
                .forEach(role ->
                        calls.remove("DetachRolePolicy", policyArn(calls).put("RoleName", role)));
        wanted.stream()
                .filter(role -> !old.contains(role))
                .forEach(role -> calls.call("AttachRolePolicy", policyArn(calls).put("RoleName", role)));
    }

    private static ResourceDefinition key() {
        return ResourceDefinition.of("AWS::KMS::Key", "kms")
                .create((calls, properties) -> calls.call(
                                "CreateKey",
                                Input.of(properties)
                                        .copy("Description", "KeyUsage", "KeySpec", "MultiRegion", "Origin")
                                        .copy("BypassPolicyLockoutSafetyCheck")
                                        .json("KeyPolicy", "Policy")
                                        .put("Tags", keyTags(properties.path(Tags.PROPERTY))))
                        .path("KeyMetadata")
                        .path("KeyId")
                        .asText())
                .setting(Set.of(ROTATION, PERIOD), IdentityResources::rotation)
                .setting(Set.of("Enabled"), (calls, before, after) -> {
                    boolean enabled = after.path("Enabled").asBoolean(true);
                    calls.call(enabled ? "EnableKey" : "DisableKey", keyId(calls));
                })
                .update(
                        Set.of("KeyPolicy"),
                        (calls, before, after) -> calls.call(
                                "PutKeyPolicy",
                                Input.of(after)
                                        .json("KeyPolicy", "Policy")
                                        .put("PolicyName", "default")
                                        .put("KeyId", calls.physicalId())))
                .update(
                        Set.of("Description"),
                        (calls, before, after) -> calls.call(
                                "UpdateKeyDescription",
                                Input.of(after)
                                        .put("Description", "")
                                        .copy("Description")
                                        .put("KeyId", calls.physicalId())))
                .update(Set.of(Tags.PROPERTY), IdentityResources::tagKey)
                .delete((calls, properties) -> {
                    if (usableKey(calls).isPresent()) {
                        calls.remove(
                                "ScheduleKeyDeletion",
                                Input.of(properties).copy("PendingWindowInDays").put("KeyId", calls.physicalId()));
                    }
                })
                .read((calls, properties) -> usableKey(calls))
                .attributes((calls, properties) ->
                        Map.of("KeyId", calls.physicalId(), "Arn", calls.arn("key/" + calls.physicalId())))
                .live((calls, properties, key) -> Optional.of(liveKey(calls, key)))
                .writeOnly("PendingWindowInDays", "BypassPolicyLockoutSafetyCheck")
                .build();
    }

    private static Input keyId(ResourceCalls calls) {
        return Input.empty().put("KeyId", calls.physicalId());
    }

    private static Optional<JsonNode> usableKey(ResourceCalls calls) {
        return calls.find("DescribeKey", keyId(calls))
                .map(answer -> answer.path("KeyMetadata"))
                .filter(key -> !key.path("KeyState").asText().equals("PendingDeletion"));
    }

    private static void rotation(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        if (after.path(ROTATION).asBoolean()) {
            calls.call("EnableKeyRotation", Input.of(after).copy(PERIOD).put("KeyId", calls.physicalId()));
        } else if (before.path(ROTATION).asBoolean()) {
            calls.call("DisableKeyRotation", keyId(calls));
        }
    }

    private static void tagKey(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        JsonNode gone = Tags.gone(before, after);
        if (!gone.isEmpty()) {
            calls.call("UntagResource", keyId(calls).put("TagKeys", gone));
        }
        if (!after.path(Tags.PROPERTY).isEmpty()) {
            calls.call("TagResource", keyId(calls).put("Tags", keyTags(after.path(Tags.PROPERTY))));
        }
    }

    private static ObjectNode liveKey(ResourceCalls calls, JsonNode key) {
        JsonNode rotation = calls.call("GetKeyRotationStatus", keyId(calls));
        ArrayNode tags = JsonNodeFactory.instance.arrayNode();
        calls.call("ListResourceTags", keyId(calls)).path("Tags").forEach(tag -> tags.addObject()
                .put("Key", tag.path("TagKey").asText())
                .put("Value", tag.path("TagValue").asText()));
        return Input.of((ObjectNode) key)
                .copy("Description", "Enabled", "KeyUsage", "KeySpec", "MultiRegion", "Origin")
                .put(
                        "KeyPolicy",
                        ResourceCalls.parsed(
                                calls.call("GetKeyPolicy", keyId(calls).put("PolicyName", "default"))
                                        .path("Policy")
                                        .asText()))
                .put(ROTATION, rotation.path("KeyRotationEnabled"))
                .put(PERIOD, rotation.path(PERIOD))
                .put(Tags.PROPERTY, tags)
                .build();
    }

    private static JsonNode keyTags(JsonNode tags) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        tags.forEach(tag -> list.addObject()
                .put("TagKey", tag.path("Key").asText())
                .put("TagValue", tag.path("Value").asText()));
        return list;
    }

    private static ResourceDefinition keyAlias() {
        return ResourceDefinition.of("AWS::KMS::Alias", "kms")
                .identifiedBy("AliasName")
                .create((calls, properties) -> {
                    calls.call("CreateAlias", Input.of(properties).copy("AliasName", "TargetKeyId"));
                    return properties.path("AliasName").asText();
                })
                .update(
                        Set.of("TargetKeyId"),
                        (calls, before, after) ->
                                calls.call("UpdateAlias", Input.of(after).copy("AliasName", "TargetKeyId")))
                .delete((calls, properties) ->
                        calls.remove("DeleteAlias", Input.empty().put("AliasName", calls.physicalId())))
                .read(IdentityResources::findAlias)
                .live((calls, properties, alias) -> Optional.of(Input.of((ObjectNode) alias)
                        .copy("AliasName", "TargetKeyId")
                        .build()))
                .build();
    }

    private static Optional<JsonNode> findAlias(ResourceCalls calls, ObjectNode properties) {
        for (JsonNode alias : calls.call("ListAliases", Input.empty()).path("Aliases")) {
            if (alias.path("AliasName").asText().equals(calls.physicalId())) {
                return Optional.of(alias);
            }
        }
        return Optional.empty();
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new LinkedHashSet<>();
        list.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
