package io.marketpipeline.maven.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to AWS, as IAM looks at it.
 *
 * @param service as in IAM's actions, such as {@code dynamodb}
 * @param operation such as {@code Query}
 * @param resources ARNs of what the request names; empty where it names nothing, or by an id that has no ARN
 */
public record AwsCall(String service, String operation, Set<String> resources) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/[0-9]{8}/([^/]+)/([^/]+)/aws4_request");
    private static final Map<String, String> SERVICES = Map.of("monitoring", "cloudwatch");

    /** {@code METHOD path operation}, the path without its version; as in Lambda's model. */
    private static final List<String> LAMBDA = List.of(
            "POST functions/F/versions PublishVersion",
            "GET functions/F/versions ListVersionsByFunction",
            "GET functions/F/aliases ListAliases",
            "GET functions/F/aliases/A GetAlias",
            "PUT functions/F/aliases/A UpdateAlias",
            "GET functions/F/configuration GetFunctionConfiguration",
            "PUT functions/F/code UpdateFunctionCode",
            "POST functions/F/invocations Invoke",
            "DELETE functions/F/policy/A RemovePermission",
            "DELETE functions/F DeleteFunction",
            "GET functions/F GetFunction");

    static AwsCall of(String method, URI uri, UnaryOperator<String> headers, byte[] body) {
        Matcher scope = SCOPE.matcher(
                Optional.ofNullable(headers.apply("Authorization")).orElse(""));
        if (!scope.find()) {
            return new AwsCall("unsigned", method + " " + uri, Set.of());
        }
        String service = SERVICES.getOrDefault(scope.group(2), scope.group(2));
        Arns arns = new Arns(scope.group(1));
        return switch (service) {
            case "lambda" -> lambda(method, uri, arns);
            case "s3" -> s3(method, uri);
            default -> {
                String target = headers.apply("X-Amz-Target");
                ObjectNode input = target == null ? form(body) : json(body);
                String operation = target == null
                        ? input.path("Action").asText(uri.getPath().replaceFirst(".*/", ""))
                        : target.substring(target.lastIndexOf('.') + 1);
                yield new AwsCall(service, operation, arns.of(service, operation, input));
            }
        };
    }

    /** The same call of a resource with another name. */
    public AwsCall renamed(String from, String to) {
        Set<String> renamed = new TreeSet<>();
        resources.forEach(resource -> renamed.add(resource.replace(from, to)));
        return new AwsCall(service, operation, renamed);
    }

    private static AwsCall lambda(String method, URI uri, Arns arns) {
        String[] parts = uri.getRawPath().split("/", -1);
        String function = URLDecoder.decode(parts[3], StandardCharsets.UTF_8);
        StringBuilder shape = new StringBuilder(method + " functions/F");
        for (int i = 4; i < parts.length; i++) {
            shape.append('/').append(i == 4 ? parts[i] : "A");
        }
        String operation = LAMBDA.stream()
                .filter(route -> route.startsWith(shape + " "))
                .map(route -> route.substring(shape.length() + 1))
                .findFirst()
                .orElse(shape.toString());
        // Aliases and versions are read and changed as the function's; invoked and deleted in their own name.
        boolean qualified = Set.of("Invoke", "DeleteFunction").contains(operation);
        Matcher qualifier = Pattern.compile("Qualifier=([^&]+)")
                .matcher(Optional.ofNullable(uri.getQuery()).orElse(""));
        String name = function.replaceFirst("^arn:.*:function:", "")
                + (qualified && qualifier.find() ? ":" + qualifier.group(1) : "");
        return new AwsCall("lambda", operation, Set.of(arns.arn("lambda", "function:" + name)));
    }

    private static AwsCall s3(String method, URI uri) {
        String path = uri.getPath().substring(1);
        boolean object = path.indexOf('/') > 0 && !path.endsWith("/");
        String verb = method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
        return new AwsCall("s3", verb + (object ? "Object" : "Bucket"), Set.of("arn:aws:s3:::" + path));
    }

    private static ObjectNode json(byte[] body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode form(byte[] body) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.matches("(?s)[A-Za-z0-9.%_-]+=.*")) {
            for (String pair : text.split("&", -1)) {
                String[] sides = pair.split("=", 2);
                input.put(
                        URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
            }
        }
        return input;
    }

    /** ARNs of what requests name. */
    private record Arns(String region) {
        private static final String ACCOUNT = "000000000000";

        Set<String> of(String service, String operation, ObjectNode input) {
            Set<String> arns = new TreeSet<>();
            switch (service) {
                case "cloudformation" ->
                    name(input, "StackName")
                            .ifPresent(name ->
                                    arns.add(name.startsWith("arn:") ? name : arn(service, "stack/" + name + "/id")));
                case "dynamodb" -> {
                    String index = name(input, "IndexName")
                            .map(name -> "/index/" + name)
                            .orElse("");
                    name(input, "TableName").ifPresent(name -> arns.add(arn(service, "table/" + name + index)));
                    input.path("RequestItems")
                            .fieldNames()
                            .forEachRemaining(name -> arns.add(arn(service, "table/" + name)));
                }
                case "sqs" ->
                    name(input, "QueueUrl")
                            .or(() -> name(input, "QueueName"))
                            .ifPresent(queue -> arns.add(arn(service, queue.replaceFirst(".*/", ""))));
                case "events" -> {
                    input.path("Entries")
                            .forEach(entry -> arns.add(arn(
                                    service,
                                    "event-bus/" + entry.path("EventBusName").asText())));
                    if (operation.equals("DescribeEventBus")) {
                        name(input, "Name").ifPresent(name -> arns.add(arn(service, "event-bus/" + name)));
                    }
                }
                case "logs" ->
                    name(input, "logGroupName").ifPresent(name -> arns.add(arn(service, "log-group:" + name + ":*")));
                case "iam" ->
                    name(input, "RoleName").ifPresent(name -> arns.add("arn:aws:iam::" + ACCOUNT + ":role/" + name));
                default -> {
                    // Others are asked for nothing that IAM would narrow.
                }
            }
            return arns;
        }

        String arn(String service, String resource) {
            return "arn:aws:" + service + ":" + region + ":" + ACCOUNT + ":" + resource;
        }

        private static Optional<String> name(ObjectNode input, String member) {
            return Optional.of(input.path(member).asText("")).filter(name -> !name.isEmpty());
        }
    }
}
