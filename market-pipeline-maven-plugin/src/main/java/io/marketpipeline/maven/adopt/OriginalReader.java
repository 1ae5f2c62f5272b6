package io.marketpipeline.maven.adopt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.template.OriginalResource;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Reads what is there of the original's resources. Reads alone. */
final class OriginalReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME_TAG = "Name";

    private final AwsClients clients;
    private final PipelineConfig config;

    OriginalReader(AwsClients clients, PipelineConfig config) {
        this.clients = clients;
        this.config = config;
    }

    /** What is there, in the order of the original's files. */
    List<Found> read() {
        List<Found> found = new ArrayList<>();
        OriginalResource.of(config).forEach(resource -> clients.failures()
                .during("read " + resource.name(), () -> unlessMissing(() -> read(resource)))
                .ifPresent(found::add));
        return withTags(found);
    }

    private Optional<Found> read(OriginalResource resource) {
        return switch (resource.kind()) {
            case TABLE ->
                Optional.of(new Found(
                        resource,
                        resource.name(),
                        new OriginalTable(clients.dynamoDb(), resource.name()).properties()));
            case BUS -> Optional.of(bus(resource));
            case LOG_GROUP -> logGroup(resource);
            case ROLE -> Optional.of(role(resource));
            case QUEUE -> Optional.of(queue(resource));
            case FUNCTION -> Optional.of(function(resource));
            case RULE -> Optional.of(rule(resource));
            case ALARM -> alarm(resource);
        };
    }

    private Found bus(OriginalResource resource) {
        var bus = clients.eventBridge().describeEventBus(request -> request.name(resource.name()));
        Map<String, Object> properties = named("Name", resource);
        putIfThere(properties, "Description", bus.description());
        return new Found(resource, resource.name(), properties);
    }

    private Optional<Found> logGroup(OriginalResource resource) {
        return clients
                .logs()
                .describeLogGroupsPaginator(request -> request.logGroupNamePrefix(resource.name()))
                .logGroups()
                .stream()
                .filter(group -> group.logGroupName().equals(resource.name()))
                .findFirst()
                .map(group -> {
                    Map<String, Object> properties = named("LogGroupName", resource);
                    putIfThere(properties, "RetentionInDays", group.retentionInDays());
                    putIfThere(properties, "KmsKeyId", group.kmsKeyId());
                    return new Found(resource, resource.name(), properties);
                });
    }

    private Found role(OriginalResource resource) {
        Role role = clients.iam()
                .getRole(request -> request.roleName(resource.name()))
                .role();
        Map<String, Object> properties = named("RoleName", resource);
        putIfThere(properties, "Description", role.description());
        properties.put(
                "AssumeRolePolicyDocument",
                json(URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8)));
        return new Found(resource, resource.name(), properties);
    }

    private Found queue(OriginalResource resource) {
        String url = clients.sqs()
                .getQueueUrl(request -> request.queueName(resource.name()))
                .queueUrl();
        Map<QueueAttributeName, String> attributes = clients.sqs()
                .getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
        Map<String, Object> properties = named("QueueName", resource);
        Optional.ofNullable(attributes.get(QueueAttributeName.MESSAGE_RETENTION_PERIOD))
                .ifPresent(seconds -> properties.put("MessageRetentionPeriod", Integer.valueOf(seconds)));
        Optional.ofNullable(attributes.get(QueueAttributeName.SQS_MANAGED_SSE_ENABLED))
                .ifPresent(on -> properties.put("SqsManagedSseEnabled", Boolean.valueOf(on)));
        putIfThere(properties, "KmsMasterKeyId", attributes.get(QueueAttributeName.KMS_MASTER_KEY_ID));
        return new Found(resource, url, properties);
    }

    /**
     * Its code is only said to be something else: CloudFormation doesn't touch it in an import, and then sees that the
     * pipeline's is new.
     */
    private Found function(OriginalResource resource) {
        FunctionConfiguration function = clients.lambda()
                .getFunction(request -> request.functionName(resource.name()))
                .configuration();
        Map<String, Object> properties = named("FunctionName", resource);
        properties.put("Role", function.role());
        putIfThere(properties, "Description", emptyAsNull(function.description()));
        putIfThere(properties, "Handler", function.handler());
        putIfThere(properties, "Runtime", function.runtimeAsString());
        properties.put("Architectures", function.architecturesAsStrings());
        properties.put("MemorySize", function.memorySize());
        properties.put("Timeout", function.timeout());
        properties.put("Code", Map.of("ZipFile", "# the Terraform original's, until the next update"));
        if (function.environment() != null
                && !function.environment().variables().isEmpty()) {
            properties.put(
                    "Environment",
                    Map.of("Variables", new TreeMap<>(function.environment().variables())));
        }
        if (function.deadLetterConfig() != null && function.deadLetterConfig().targetArn() != null) {
            properties.put(
                    "DeadLetterConfig",
                    Map.of("TargetArn", function.deadLetterConfig().targetArn()));
        }
        if (function.tracingConfig() != null) {
            properties.put(
                    "TracingConfig", Map.of("Mode", function.tracingConfig().modeAsString()));
        }
        return new Found(resource, resource.name(), properties);
    }

    private Found rule(OriginalResource resource) {
        String bus = config.names().eventBus();
        var rule = clients.eventBridge()
                .describeRule(request -> request.name(resource.name()).eventBusName(bus));
        Map<String, Object> properties = named("Name", resource);
        properties.put("EventBusName", bus);
        putIfThere(properties, "Description", rule.description());
        putIfThere(properties, "State", rule.stateAsString());
        if (rule.eventPattern() != null) {
            properties.put("EventPattern", json(rule.eventPattern()));
        }
        List<Map<String, Object>> targets = new ArrayList<>();
        targetsOf(resource.name()).forEach(target -> targets.add(target(target)));
        if (!targets.isEmpty()) {
            properties.put("Targets", targets);
        }
        return new Found(resource, rule.arn(), properties);
    }

    private static Map<String, Object> target(Target target) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("Id", target.id());
        properties.put("Arn", target.arn());
        if (target.retryPolicy() != null) {
            properties.put(
                    "RetryPolicy",
                    Map.of(
                            "MaximumEventAgeInSeconds", target.retryPolicy().maximumEventAgeInSeconds(),
                            "MaximumRetryAttempts", target.retryPolicy().maximumRetryAttempts()));
        }
        if (target.deadLetterConfig() != null && target.deadLetterConfig().arn() != null) {
            properties.put(
                    "DeadLetterConfig", Map.of("Arn", target.deadLetterConfig().arn()));
        }
        return properties;
    }

    /** Targets of a rule of the pipeline's bus. */
    private List<Target> targetsOf(String rule) {
        return clients.eventBridge()
                .listTargetsByRule(request ->
                        request.rule(rule).eventBusName(config.names().eventBus()))
                .targets();
    }

    /** Targets by the rule that has them, of all rules of the pipeline's bus; none where there is no bus. */
    Map<String, List<Target>> targets() {
        return clients.failures()
                .during(
                        "list the rules of " + config.names().eventBus(),
                        () -> unlessMissing(() -> {
                            Map<String, List<Target>> targets = new TreeMap<>();
                            rules().forEach(rule -> targets.put(rule, targetsOf(rule)));
                            return Optional.of(targets);
                        }))
                .orElse(Map.of());
    }

    /** Names of all rules of the pipeline's bus; AWS gives a hundred at a time. */
    private List<String> rules() {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            ListRulesResponse page = clients.eventBridge()
                    .listRules(request ->
                            request.eventBusName(config.names().eventBus()).nextToken(from));
            page.rules().forEach(rule -> names.add(rule.name()));
            token = page.nextToken();
        } while (token != null);
        return names;
    }

    private Optional<Found> alarm(OriginalResource resource) {
        return clients
                .cloudWatch()
                .describeAlarms(request -> request.alarmNames(resource.name()))
                .metricAlarms()
                .stream()
                .findFirst()
                .map(alarm -> new Found(resource, resource.name(), alarm(alarm, resource)));
    }

    private static Map<String, Object> alarm(MetricAlarm alarm, OriginalResource resource) {
        Map<String, Object> properties = named("AlarmName", resource);
        putIfThere(properties, "AlarmDescription", alarm.alarmDescription());
        putIfThere(properties, "Namespace", alarm.namespace());
        putIfThere(properties, "MetricName", alarm.metricName());
        List<Map<String, Object>> dimensions = new ArrayList<>();
        alarm.dimensions()
                .forEach(dimension -> dimensions.add(Map.of("Name", dimension.name(), "Value", dimension.value())));
        properties.put("Dimensions", dimensions);
        putIfThere(properties, "Statistic", alarm.statisticAsString());
        putIfThere(properties, "Period", alarm.period());
        properties.put("EvaluationPeriods", alarm.evaluationPeriods());
        if (alarm.threshold() != null) {
            properties.put("Threshold", (int) Math.round(alarm.threshold()));
        }
        properties.put("ComparisonOperator", alarm.comparisonOperatorAsString());
        putIfThere(properties, "TreatMissingData", alarm.treatMissingData());
        return properties;
    }

    /**
     * Terraform gives its provider's default tags to every resource, so that one resource's tell all: said to
     * CloudFormation, those that the pipeline doesn't have go with the next update.
     */
    private List<Found> withTags(List<Found> found) {
        boolean function = found.stream().anyMatch(one -> one.resource().kind() == OriginalResource.Kind.FUNCTION);
        if (!function) {
            return found;
        }
        GetFunctionResponse answer = clients.lambda()
                .getFunction(request -> request.functionName(config.names().function()));
        List<Map<String, Object>> tags = new ArrayList<>();
        new TreeMap<>(answer.tags()).forEach((key, value) -> {
            if (!key.equals(NAME_TAG) && !key.startsWith("aws:")) {
                tags.add(Map.of("Key", key, "Value", value));
            }
        });
        return tags.isEmpty()
                ? found
                : found.stream().map(one -> one.with("Tags", tags)).toList();
    }

    private static Map<String, Object> named(String property, OriginalResource resource) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(property, resource.name());
        return properties;
    }

    private static void putIfThere(Map<String, Object> properties, String name, @Nullable Object value) {
        if (value != null) {
            properties.put(name, value);
        }
    }

    private static @Nullable String emptyAsNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static Object json(String text) {
        try {
            return JSON.readValue(text, Map.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("AWS answered with a document that is no JSON: " + text, e);
        }
    }

    /** AWS's services say in different codes that something isn't there. */
    private static <T> Optional<T> unlessMissing(Supplier<Optional<T>> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            String code = e.awsErrorDetails() == null
                    ? ""
                    : String.valueOf(e.awsErrorDetails().errorCode());
            if (code.startsWith("ResourceNotFound")
                    || code.contains("NoSuchEntity")
                    || code.contains("NonExistentQueue")
                    || code.contains("QueueDoesNotExist")) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
