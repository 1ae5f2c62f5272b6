package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.util.Map;

/** Resource policies of functions, versions and aliases. */
final class PermissionOperations {
    private final FunctionCatalog catalog;

    PermissionOperations(FunctionCatalog catalog) {
        this.catalog = catalog;
    }

    Map<String, Operation> operations() {
        return Map.of("AddPermission", this::add, "RemovePermission", this::remove, "GetPolicy", this::get);
    }

    private JsonNode add(ObjectNode input, CallContext context) {
        FunctionReference reference = FunctionReference.of(input);
        StoredFunction function = catalog.function(reference);
        catalog.version(reference);
        String id = input.path("StatementId").asText();
        ObjectNode statement = statement(input, id, catalog.arn(reference));
        synchronized (function) {
            FunctionPolicy policy =
                    function.policies().computeIfAbsent(reference.qualifier(), unseen -> new FunctionPolicy());
            if (policy.has(id)) {
                throw AwsError.of(
                        "ResourceConflictException",
                        "The statement id (" + id
                                + ") provided already exists. Please provide a new statement id, or remove the existing"
                                + " statement.",
                        409);
            }
            policy.put(id, statement);
        }
        return JsonNodeFactory.instance.objectNode().put("Statement", statement.toString());
    }

    private JsonNode remove(ObjectNode input, CallContext context) {
        FunctionReference reference = FunctionReference.of(input);
        StoredFunction function = catalog.function(reference);
        String id = input.path("StatementId").asText();
        synchronized (function) {
            FunctionPolicy policy = function.policies().get(reference.qualifier());
            if (policy == null || !policy.remove(id)) {
                throw AwsError.of(
                        "ResourceNotFoundException", "Statement " + id + " is not found in resource policy.", 404);
            }
            if (policy.isEmpty()) {
                function.policies().remove(reference.qualifier());
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode get(ObjectNode input, CallContext context) {
        FunctionReference reference = FunctionReference.of(input);
        FunctionPolicy policy = catalog.function(reference).policies().get(reference.qualifier());
        if (policy == null) {
            throw AwsError.of("ResourceNotFoundException", "The resource you requested does not exist.", 404);
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("Policy", policy.text())
                .put("RevisionId", policy.revision());
    }

    private static ObjectNode statement(ObjectNode input, String id, String arn) {
        String principal = input.path("Principal").asText();
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("Sid", id).put("Effect", "Allow");
        if (principal.equals("*")) {
            statement.put("Principal", "*");
        } else if (principal.matches("[0-9]{12}")) {
            statement.putObject("Principal").put("AWS", "arn:aws:iam::" + principal + ":root");
        } else {
            statement.putObject("Principal").put(principal.startsWith("arn:") ? "AWS" : "Service", principal);
        }
        statement.put("Action", input.path("Action").asText()).put("Resource", arn);
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        if (input.hasNonNull("SourceAccount")) {
            condition
                    .withObject("/StringEquals")
                    .put("AWS:SourceAccount", input.get("SourceAccount").asText());
        }
        if (input.hasNonNull("SourceArn")) {
            condition
                    .withObject("/ArnLike")
                    .put("AWS:SourceArn", input.get("SourceArn").asText());
        }
        if (!condition.isEmpty()) {
            statement.set("Condition", condition);
        }
        return statement;
    }
}
