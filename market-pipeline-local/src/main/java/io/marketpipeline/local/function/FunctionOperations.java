package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Functions, their code and versions. */
final class FunctionOperations {
    private final FunctionCatalog catalog;
    private final CodeStore code;
    private final FunctionRuntime runtime;
    private final ServiceCalls calls;

    FunctionOperations(FunctionCatalog catalog, CodeStore code, FunctionRuntime runtime, ServiceCalls calls) {
        this.catalog = catalog;
        this.code = code;
        this.runtime = runtime;
        this.calls = calls;
    }

    Map<String, Operation> operations() {
        return Map.ofEntries(
                Map.entry("CreateFunction", this::create),
                Map.entry("GetFunction", this::get),
                Map.entry("GetFunctionConfiguration", this::getConfiguration),
                Map.entry("ListFunctions", this::list),
                Map.entry("UpdateFunctionCode", this::updateCode),
                Map.entry("UpdateFunctionConfiguration", this::updateConfiguration),
                Map.entry("DeleteFunction", this::delete),
                Map.entry("PublishVersion", this::publish),
                Map.entry("ListVersionsByFunction", this::listVersions));
    }

    private JsonNode create(ObjectNode input, CallContext context) {
        FunctionReference reference = FunctionReference.of(input);
        ObjectNode configuration = FunctionSettings.created(
                input.deepCopy().put("FunctionName", reference.name()), catalog.arn(reference.name()));
        CodeStore.Code added = code.add(zip(input.path("Code")));
        FunctionSettings.code(configuration, added);
        FunctionSettings.touch(configuration);
        StoredFunction function = new StoredFunction(new FunctionVersion(configuration, added));
        input.path("Tags").properties().forEach(tag -> function.tags()
                .put(tag.getKey(), tag.getValue().asText()));
        if (catalog.functions().putIfAbsent(reference.name(), function) != null) {
            throw AwsError.of("ResourceConflictException", "Function already exist: " + reference.name(), 409);
        }
        return input.path("Publish").asBoolean() ? published(function, "") : configuration.deepCopy();
    }

    private JsonNode get(ObjectNode input, CallContext context) {
        FunctionReference reference = FunctionReference.of(input);
        StoredFunction function = catalog.function(reference);
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        FunctionVersion version = catalog.version(reference);
        output.set("Configuration", seen(version, reference));
        output.putObject("Code")
                .put("RepositoryType", "S3")
                .put("Location", version.code().zip().toUri().toString());
        if (!function.tags().isEmpty()) {
            output.set("Tags", function.tagsJson());
        }
        if (function.reserved() != StoredFunction.UNRESERVED) {
            output.putObject("Concurrency").put("ReservedConcurrentExecutions", function.reserved());
        }
        return output;
    }

    private JsonNode getConfiguration(ObjectNode input, CallContext context) {
        FunctionReference reference = FunctionReference.of(input);
        return seen(catalog.version(reference), reference);
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        List<JsonNode> all = new ArrayList<>();
        boolean versions = input.path("FunctionVersion").asText().equals("ALL");
        catalog.functions().values().forEach(function -> {
            all.add(listed(function.latest()));
            if (versions) {
                function.versions().values().forEach(version -> all.add(listed(version)));
            }
        });
        return Pages.of(input, all, "Functions", "Marker", "NextMarker", 50);
    }

    private JsonNode listVersions(ObjectNode input, CallContext context) {
        StoredFunction function = catalog.function(FunctionReference.of(input));
        List<JsonNode> all = new ArrayList<>();
        all.add(listed(function.latest()));
        function.versions().values().forEach(version -> all.add(listed(version)));
        return Pages.of(input, all, "Versions", "Marker", "NextMarker", 50);
    }

    private JsonNode updateCode(ObjectNode input, CallContext context) {
        StoredFunction function = catalog.function(FunctionReference.of(input));
        boolean dryRun = input.path("DryRun").asBoolean();
        CodeStore.Code added = code.add(zip(input));
        synchronized (function) {
            ObjectNode configuration = function.latest().configuration().deepCopy();
            checkRevision(configuration, input);
            FunctionSettings.code(configuration, added);
            if (!input.path("Architectures").isEmpty()) {
                configuration.set("Architectures", input.get("Architectures"));
            }
            if (dryRun) {
                return configuration;
            }
            FunctionSettings.touch(configuration);
            function.latest(new FunctionVersion(configuration, added));
            return input.path("Publish").asBoolean() ? published(function, "") : configuration.deepCopy();
        }
    }

    private JsonNode updateConfiguration(ObjectNode input, CallContext context) {
        StoredFunction function = catalog.function(FunctionReference.of(input));
        synchronized (function) {
            FunctionVersion latest = function.latest();
            checkRevision(latest.configuration(), input);
            ObjectNode configuration = FunctionSettings.updated(latest.configuration(), input);
            FunctionSettings.touch(configuration);
            function.latest(new FunctionVersion(configuration, latest.code()));
            return configuration.deepCopy();
        }
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        FunctionReference reference = FunctionReference.of(input);
        StoredFunction function = catalog.function(reference);
        if (reference.qualifier().isEmpty()) {
            catalog.functions().remove(reference.name());
            runtime.remove(reference.name());
            return JsonNodeFactory.instance.objectNode();
        }
        if (!reference.qualifier().matches("[0-9]{1,18}")) {
            throw FunctionSettings.invalid("Cannot delete " + reference.qualifier()
                    + ": an alias is deleted with DeleteAlias, and $LATEST with the whole function.");
        }
        synchronized (function) {
            boolean used = function.aliases().values().stream()
                    .anyMatch(alias -> alias.path("FunctionVersion").asText().equals(reference.qualifier()));
            if (used) {
                throw AwsError.of("ResourceConflictException", "Version is still referenced by an alias.", 409);
            }
            function.versions().remove(Long.valueOf(reference.qualifier()));
        }
        runtime.remove(reference.name(), reference.qualifier());
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode publish(ObjectNode input, CallContext context) {
        StoredFunction function = catalog.function(FunctionReference.of(input));
        synchronized (function) {
            checkRevision(function.latest().configuration(), input);
            String hash = input.path("CodeSha256").asText();
            if (!hash.isEmpty() && !hash.equals(function.latest().code().sha256())) {
                throw FunctionSettings.invalid("CodeSHA256 (" + hash
                        + ") is different from current CodeSHA256 in $LATEST ("
                        + function.latest().code().sha256() + "). Please try again with the CodeSHA256 in $LATEST.");
            }
            return published(function, input.path("Description").asText());
        }
    }

    /** Publishes {@code $LATEST} unless nothing has changed since the last version, which is returned then. */
    private ObjectNode published(StoredFunction function, String description) {
        synchronized (function) {
            FunctionVersion latest = function.latest();
            FunctionVersion newest = function.versions().values().stream()
                    .reduce((first, second) -> second)
                    .orElse(null);
            if (newest != null && comparable(newest).equals(comparable(latest))) {
                return newest.configuration().deepCopy();
            }
            long number = function.nextVersion();
            ObjectNode configuration = latest.configuration().deepCopy();
            configuration.put("Version", Long.toString(number));
            configuration.put("FunctionArn", latest.text("FunctionArn") + ":" + number);
            if (!description.isEmpty()) {
                configuration.put("Description", description);
            }
            boolean snapStart =
                    configuration.path("SnapStart").path("ApplyOn").asText().equals("PublishedVersions");
            configuration.withObject("/SnapStart").put("OptimizationStatus", snapStart ? "On" : "Off");
            FunctionSettings.touch(configuration);
            function.versions().put(number, new FunctionVersion(configuration, latest.code()));
            return configuration.deepCopy();
        }
    }

    /** What has to change for a new version: everything but names, dates and the description that publishing sets. */
    private static ObjectNode comparable(FunctionVersion version) {
        ObjectNode copy = version.configuration().deepCopy();
        copy.remove(List.of("Version", "FunctionArn", "RevisionId", "LastModified", "Description"));
        copy.withObject("/SnapStart").remove("OptimizationStatus");
        return copy;
    }

    /** A version as its caller sees it: named by alias, the ARN is the alias's. */
    private ObjectNode seen(FunctionVersion version, FunctionReference reference) {
        return version.configuration().deepCopy().put("FunctionArn", catalog.arn(reference));
    }

    /** In lists, {@code $LATEST} has its qualifier in the ARN. */
    private static ObjectNode listed(FunctionVersion version) {
        ObjectNode copy = version.configuration().deepCopy();
        copy.remove(List.of("State", "LastUpdateStatus"));
        return version.version().equals(FunctionVersion.LATEST)
                ? copy.put("FunctionArn", version.text("FunctionArn") + ":" + FunctionVersion.LATEST)
                : copy;
    }

    /** Refuses a change of something that has changed since its caller looked. */
    static void checkRevision(ObjectNode configuration, ObjectNode input) {
        String expected = input.path("RevisionId").asText();
        if (!expected.isEmpty()
                && !expected.equals(configuration.path("RevisionId").asText())) {
            throw AwsError.of(
                    "PreconditionFailedException",
                    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to"
                            + " retrieve the latest Revision Id",
                    412);
        }
    }

    private byte[] zip(JsonNode source) {
        try {
            if (source.hasNonNull("ZipFile")) {
                return source.get("ZipFile").binaryValue();
            }
            String key = source.path("S3Key").asText();
            if (key.isEmpty()) {
                throw FunctionSettings.invalid("Please provide a source for function code.");
            }
            return fromS3(source, key);
        } catch (IOException e) {
            throw FunctionSettings.invalid(
                    "Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
    }

    private byte[] fromS3(JsonNode source, String key) throws IOException {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("Bucket", source.path("S3Bucket").asText()).put("Key", key);
        if (source.hasNonNull("S3ObjectVersion")) {
            input.set("VersionId", source.get("S3ObjectVersion"));
        }
        try {
            return Objects.requireNonNullElse(
                    calls.call("s3", "GetObject", input).path("Body").binaryValue(), new byte[0]);
        } catch (AwsError e) {
            throw FunctionSettings.invalid("Error occurred while GetObject. S3 Error Code: " + e.code()
                    + ". S3 Error Message: " + e.message());
        }
    }
}
