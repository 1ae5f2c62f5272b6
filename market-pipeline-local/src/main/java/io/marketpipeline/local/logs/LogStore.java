package io.marketpipeline.local.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The log groups of the endpoint by name. Thread-safe. */
final class LogStore {
    private final EndpointSettings settings;
    private final Map<String, LogGroup> groups = new ConcurrentSkipListMap<>();

    LogStore(EndpointSettings settings) {
        this.settings = settings;
    }

    Map<String, LogGroup> groups() {
        return groups;
    }

    String arn(String group) {
        return settings.arn("logs", "log-group:" + group);
    }

    /** The group of {@code logGroupName} or {@code logGroupIdentifier}, or the API's error. */
    LogGroup group(ObjectNode input) {
        String name = input.path("logGroupName").asText();
        return named(name.isEmpty() ? input.path("logGroupIdentifier").asText() : name);
    }

    /** The group of a name or ARN, or the API's error. */
    LogGroup named(String nameOrArn) {
        String prefix = arn("");
        String name = nameOrArn.startsWith(prefix)
                ? nameOrArn.substring(prefix.length()).replaceAll(":\\*$", "")
                : nameOrArn;
        LogGroup group = groups.get(name);
        if (group == null) {
            throw notFound("The specified log group does not exist.");
        }
        return group;
    }

    /** The stream of {@code logStreamName}, or the API's error. */
    static LogStream stream(LogGroup group, ObjectNode input) {
        LogStream stream = group.streams().get(input.path("logStreamName").asText());
        if (stream == null) {
            throw notFound("The specified log stream does not exist.");
        }
        return stream;
    }

    static AwsError notFound(String message) {
        return AwsError.of("ResourceNotFoundException", message);
    }

    static AwsError exists(String message) {
        return AwsError.of("ResourceAlreadyExistsException", message);
    }
}
