package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** A function's configuration from the input of {@code CreateFunction} and {@code UpdateFunctionConfiguration}. */
final class FunctionSettings {
    private static final DateTimeFormatter LAST_MODIFIED = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Settings that are kept as they come. */
    private static final List<String> KEPT = List.of(
            "Runtime",
            "Role",
            "Handler",
            "Description",
            "Timeout",
            "MemorySize",
            "DeadLetterConfig",
            "TracingConfig",
            "KMSKeyArn",
            "EphemeralStorage",
            "Environment");

    /** Settings that this endpoint could only pretend to have. */
    private static final List<String> REFUSED = List.of("VpcConfig", "FileSystemConfigs", "Layers", "ImageConfig");

    private FunctionSettings() {}

    /** The configuration of a new function, without its code. */
    static ObjectNode created(ObjectNode input, String arn) {
        String packageType = input.path("PackageType").asText("Zip");
        if (!packageType.equals("Zip")) {
            throw AwsError.notSupported("PackageType '" + packageType + "' of a function");
        }
        for (String required : List.of("Role", "Handler", "Runtime")) {
            if (input.path(required).asText().isEmpty()) {
                throw invalid(required + " is mandatory for functions created with deployment packages.");
            }
        }
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration.put("FunctionName", input.path("FunctionName").asText());
        configuration.put("FunctionArn", arn);
        configuration.put("Description", "").put("Timeout", 3).put("MemorySize", 128);
        configuration.put("Version", FunctionVersion.LATEST).put("PackageType", "Zip");
        JsonNode architectures = input.path("Architectures");
        configuration.set(
                "Architectures",
                architectures.isEmpty() ? JsonNodeFactory.instance.arrayNode().add("x86_64") : architectures);
        configuration.putObject("TracingConfig").put("Mode", "PassThrough");
        configuration.putObject("EphemeralStorage").put("Size", 512);
        snapStart(configuration, JsonNodeFactory.instance.objectNode());
        logging(configuration, JsonNodeFactory.instance.objectNode());
        apply(configuration, input);
        configuration.put("State", "Active").put("LastUpdateStatus", "Successful");
        return configuration;
    }

    /** The configuration after an update; the old one stays as it is. */
    static ObjectNode updated(ObjectNode old, ObjectNode input) {
        ObjectNode configuration = old.deepCopy();
        apply(configuration, input);
        return configuration;
    }

    /** Sets what belongs to the code. */
    static void code(ObjectNode configuration, CodeStore.Code code) {
        configuration.put("CodeSha256", code.sha256()).put("CodeSize", code.size());
    }

    /** Marks a configuration as changed now. */
    static void touch(ObjectNode configuration) {
        configuration.put("LastModified", LAST_MODIFIED.format(Instant.now()));
        configuration.put("RevisionId", UUID.randomUUID().toString());
    }

    private static void apply(ObjectNode configuration, ObjectNode input) {
        for (String refused : REFUSED) {
            if (!input.path(refused).isEmpty()) {
                throw AwsError.notSupported("Property " + refused + " of a function");
            }
        }
        for (String name : KEPT) {
            if (input.hasNonNull(name)) {
                configuration.set(name, input.get(name));
            }
        }
        number(configuration, "Timeout", 1, 900);
        number(configuration, "MemorySize", 128, 10_240);
        String runtime = configuration.path("Runtime").asText();
        if (!runtime.startsWith("java")) {
            throw AwsError.notSupported("Runtime '" + runtime + "' (Java functions only)");
        }
        if (configuration.path("Environment").path("Variables").toString().length() > 4096 + 512) {
            throw invalid("Lambda was unable to configure your environment variables because the environment variables"
                    + " you have provided exceeded the 4KB limit.");
        }
        if (input.has("SnapStart")) {
            snapStart(configuration, input.path("SnapStart"));
        }
        if (input.has("LoggingConfig")) {
            logging(configuration, input.path("LoggingConfig"));
        }
    }

    private static void number(ObjectNode configuration, String name, int least, int most) {
        int value = configuration.path(name).asInt();
        if (value < least || value > most) {
            throw AwsError.of(
                    "ValidationException",
                    "1 validation error detected: Value '" + value + "' at '"
                            + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1)
                            + "' failed to satisfy constraint: Member must have value "
                            + (value < least ? "greater than or equal to " + least : "less than or equal to " + most));
        }
        configuration.put(name, value);
    }

    private static void snapStart(ObjectNode configuration, JsonNode given) {
        configuration
                .putObject("SnapStart")
                .put("ApplyOn", given.path("ApplyOn").asText("None"))
                .put("OptimizationStatus", "Off");
    }

    private static void logging(ObjectNode configuration, JsonNode given) {
        String format = given.path("LogFormat").asText("Text");
        ObjectNode logging = configuration.putObject("LoggingConfig").put("LogFormat", format);
        if (format.equals("JSON")) {
            logging.put("ApplicationLogLevel", given.path("ApplicationLogLevel").asText("INFO"));
            logging.put("SystemLogLevel", given.path("SystemLogLevel").asText("INFO"));
        }
        logging.put(
                "LogGroup",
                given.path("LogGroup")
                        .asText("/aws/lambda/"
                                + configuration.path("FunctionName").asText()));
    }

    static AwsError invalid(String message) {
        return AwsError.of("InvalidParameterValueException", message);
    }
}
