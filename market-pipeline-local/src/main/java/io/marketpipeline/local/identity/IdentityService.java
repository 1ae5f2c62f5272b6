package io.marketpipeline.local.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;

/** IAM: roles and managed policies, kept and read back. They grant and forbid nothing here. */
public final class IdentityService implements AwsService {
    private static final String INVALID = "ValidationError";
    private static final String NAME = "[\\w+=,.@-]{1,64}";
    private static final String AWS_POLICY = "arn:aws:iam::aws:policy/";

    private final String accountId;
    private final ConcurrentMap<String, Role> roles = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, ManagedPolicy> policies = new ConcurrentSkipListMap<>();
    private final Map<String, Operation> operations;

    /** Creates a service without roles and policies. */
    public IdentityService(String accountId) {
        this.accountId = accountId;
        Map<String, Operation> all = new HashMap<>();
        roleOperations(all);
        policyOperations(all);
        this.operations = Map.copyOf(all);
    }

    @Override
    public String name() {
        return "iam";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private void roleOperations(Map<String, Operation> all) {
        all.put("CreateRole", this::createRole);
        all.put("GetRole", (input, context) -> Json.object()
                .set("Role", role(input).describe()));
        all.put("DeleteRole", this::deleteRole);
        all.put("ListRoles", this::listRoles);
        all.put("UpdateRole", onRole(Role::update));
        all.put("UpdateAssumeRolePolicy", onRole((role, input) -> role.trust(document(input, "PolicyDocument"))));
        all.put(
                "PutRolePermissionsBoundary",
                onRole((role, input) -> role.boundary(Json.required(input, "PermissionsBoundary", INVALID))));
        all.put("DeleteRolePermissionsBoundary", onRole((role, input) -> role.boundary("")));
        all.put(
                "PutRolePolicy",
                onRole((role, input) -> role.inline.put(
                        Json.required(input, "PolicyName", INVALID), document(input, "PolicyDocument"))));
        all.put("GetRolePolicy", this::getRolePolicy);
        all.put("DeleteRolePolicy", onRole((role, input) -> {
            inline(role, input);
            role.inline.remove(input.path("PolicyName").asText());
        }));
        all.put("ListRolePolicies", (input, context) -> {
            ObjectNode output = Json.object().put("IsTruncated", false);
            output.putArray("PolicyNames");
            role(input).inline.keySet().forEach(name -> output.withArrayProperty("PolicyNames")
                    .add(name));
            return output;
        });
        all.put("AttachRolePolicy", onRole((role, input) -> role.attached.add(attachable(input))));
        all.put("DetachRolePolicy", onRole((role, input) -> {
            String arn = Json.required(input, "PolicyArn", INVALID);
            if (!role.attached.remove(arn)) {
                throw missing("Policy " + arn + " is not attached to role " + role.name());
            }
        }));
        all.put("ListAttachedRolePolicies", this::listAttached);
        all.put("TagRole", onRole((role, input) -> role.tags.put(input.path("Tags"))));
        all.put("UntagRole", onRole((role, input) -> role.tags.remove(input.path("TagKeys"))));
        all.put("ListRoleTags", (input, context) -> role(input).tags.describe(Json.object()));
    }

    private void policyOperations(Map<String, Operation> all) {
        all.put("CreatePolicy", this::createPolicy);
        all.put("GetPolicy", (input, context) -> Json.object().set("Policy", describe(arn(input), policy(input))));
        all.put("DeletePolicy", this::deletePolicy);
        all.put("ListPolicies", (input, context) -> {
            ObjectNode output = Json.object().put("IsTruncated", false);
            output.putArray("Policies");
            policies.forEach(
                    (arn, policy) -> output.withArrayProperty("Policies").add(describe(arn, policy)));
            return output;
        });
        all.put("CreatePolicyVersion", (input, context) -> Json.object()
                .set(
                        "PolicyVersion",
                        policy(input)
                                .addVersion(
                                        document(input, "PolicyDocument"),
                                        input.path("SetAsDefault").asBoolean())));
        all.put("GetPolicyVersion", (input, context) -> Json.object()
                .set("PolicyVersion", policy(input).version(Json.required(input, "VersionId", INVALID))));
        all.put("ListPolicyVersions", (input, context) -> {
            ObjectNode output = Json.object().put("IsTruncated", false);
            policy(input).versions().forEach(output.withArrayProperty("Versions")::add);
            return output;
        });
        all.put("DeletePolicyVersion", (input, context) -> {
            policy(input).removeVersion(Json.required(input, "VersionId", INVALID));
            return Json.object();
        });
        all.put("TagPolicy", (input, context) -> {
            policy(input).tags.put(input.path("Tags"));
            return Json.object();
        });
        all.put("UntagPolicy", (input, context) -> {
            policy(input).tags.remove(input.path("TagKeys"));
            return Json.object();
        });
        all.put("ListPolicyTags", (input, context) -> policy(input).tags.describe(Json.object()));
        all.put("ListEntitiesForPolicy", this::listEntities);
    }

    private JsonNode createRole(ObjectNode input, CallContext context) {
        String name = name(input, "RoleName");
        String path = input.path("Path").asText("/");
        Role role = new Role(
                name,
                id("AROA"),
                path,
                "arn:aws:iam::" + accountId + ":role" + path + name,
                document(input, "AssumeRolePolicyDocument"),
                Instant.now());
        role.update(input);
        role.boundary(input.path("PermissionsBoundary").asText(""));
        role.tags.put(input.path("Tags"));
        if (roles.putIfAbsent(name, role) != null) {
            throw AwsError.of("EntityAlreadyExists", "Role with name " + name + " already exists.", 409);
        }
        return Json.object().set("Role", role.describe());
    }

    private JsonNode deleteRole(ObjectNode input, CallContext context) {
        Role role = role(input);
        if (!role.inline.isEmpty() || !role.attached.isEmpty()) {
            throw AwsError.of(
                    "DeleteConflict",
                    "Cannot delete entity, must " + (role.attached.isEmpty() ? "delete" : "detach")
                            + " all policies first.",
                    409);
        }
        roles.remove(role.name());
        return Json.object();
    }

    private JsonNode listRoles(ObjectNode input, CallContext context) {
        ObjectNode output = Json.object().put("IsTruncated", false);
        output.putArray("Roles");
        roles.values().forEach(role -> output.withArrayProperty("Roles").add(role.describe()));
        return output;
    }

    private JsonNode getRolePolicy(ObjectNode input, CallContext context) {
        Role role = role(input);
        return Json.object()
                .put("RoleName", role.name())
                .put("PolicyName", input.path("PolicyName").asText())
                .put("PolicyDocument", Role.encode(inline(role, input)));
    }

    private JsonNode listAttached(ObjectNode input, CallContext context) {
        ObjectNode output = Json.object().put("IsTruncated", false);
        output.putArray("AttachedPolicies");
        role(input).attached.forEach(arn -> output.withArrayProperty("AttachedPolicies")
                .addObject()
                .put("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                .put("PolicyArn", arn));
        return output;
    }

    private JsonNode createPolicy(ObjectNode input, CallContext context) {
        String name = name(input, "PolicyName");
        String path = input.path("Path").asText("/");
        String arn = "arn:aws:iam::" + accountId + ":policy" + path + name;
        long now = Instant.now().getEpochSecond();
        ObjectNode fixed = Json.object()
                .put("PolicyName", name)
                .put("PolicyId", id("ANPA"))
                .put("Arn", arn)
                .put("Path", path)
                .put("CreateDate", now)
                .put("UpdateDate", now);
        if (input.hasNonNull("Description")) {
            fixed.set("Description", input.get("Description"));
        }
        ManagedPolicy policy = new ManagedPolicy(fixed, document(input, "PolicyDocument"));
        policy.tags.put(input.path("Tags"));
        if (policies.putIfAbsent(arn, policy) != null) {
            throw AwsError.of("EntityAlreadyExists", "A policy called " + name + " already exists.", 409);
        }
        return Json.object().set("Policy", describe(arn, policy));
    }

    private JsonNode deletePolicy(ObjectNode input, CallContext context) {
        policy(input);
        if (attachments(arn(input)) > 0) {
            throw AwsError.of("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
        }
        policies.remove(arn(input));
        return Json.object();
    }

    private JsonNode listEntities(ObjectNode input, CallContext context) {
        policy(input);
        ObjectNode output = Json.object().put("IsTruncated", false);
        output.putArray("PolicyRoles");
        roles.values().stream()
                .filter(role -> role.attached.contains(arn(input)))
                .forEach(role ->
                        output.withArrayProperty("PolicyRoles").addObject().put("RoleName", role.name()));
        return output;
    }

    private Operation onRole(BiConsumer<Role, ObjectNode> change) {
        return (input, context) -> {
            change.accept(role(input), input);
            return Json.object();
        };
    }

    private ObjectNode describe(String arn, ManagedPolicy policy) {
        return policy.describe(attachments(arn));
    }

    private long attachments(String arn) {
        return roles.values().stream()
                .filter(role -> role.attached.contains(arn))
                .count();
    }

    private Role role(ObjectNode input) {
        String name = Json.required(input, "RoleName", INVALID);
        Role role = roles.get(name);
        if (role == null) {
            throw missing("The role with name " + name + " cannot be found.");
        }
        return role;
    }

    private ManagedPolicy policy(ObjectNode input) {
        ManagedPolicy policy = policies.get(arn(input));
        if (policy == null) {
            throw missing("Policy " + arn(input) + " was not found.");
        }
        return policy;
    }

    /** A policy of AWS's own is taken to exist. */
    private String attachable(ObjectNode input) {
        String arn = arn(input);
        if (!arn.startsWith(AWS_POLICY)) {
            policy(input);
        }
        return arn;
    }

    private static String inline(Role role, ObjectNode input) {
        String name = Json.required(input, "PolicyName", INVALID);
        String document = role.inline.get(name);
        if (document == null) {
            throw missing("The role policy with name " + name + " cannot be found.");
        }
        return document;
    }

    private static String arn(ObjectNode input) {
        return Json.required(input, "PolicyArn", INVALID);
    }

    private static String name(ObjectNode input, String member) {
        String name = Json.required(input, member, INVALID);
        if (!name.matches(NAME)) {
            throw AwsError.of(INVALID, "The specified value for " + member + " is invalid: " + name);
        }
        return name;
    }

    private static String document(ObjectNode input, String member) {
        String document = Json.required(input, member, INVALID);
        if (!Json.isObject(document)) {
            throw AwsError.of("MalformedPolicyDocument", "This policy contains invalid Json: " + member);
        }
        return document;
    }

    private static AwsError missing(String message) {
        return AwsError.of("NoSuchEntity", message, 404);
    }

    private static String id(String prefix) {
        return prefix
                + UUID.randomUUID().toString().replace("-", "").substring(0, 17).toUpperCase(Locale.ROOT);
    }
}
