package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * One version of a function, {@code $LATEST} included. Immutable: an update makes a new one with another revision.
 *
 * @param configuration the members of the API's function configuration; never changed
 * @param code the code that it runs
 */
record FunctionVersion(ObjectNode configuration, CodeStore.Code code) {
    static final String LATEST = "$LATEST";

    String text(String member) {
        return configuration.path(member).asText();
    }

    String name() {
        return text("FunctionName");
    }

    String version() {
        return text("Version");
    }

    String revision() {
        return text("RevisionId");
    }

    Duration timeout() {
        return Duration.ofSeconds(configuration.path("Timeout").asLong());
    }

    String deadLetterArn() {
        return configuration.path("DeadLetterConfig").path("TargetArn").asText();
    }

    String logGroup() {
        return configuration.path("LoggingConfig").path("LogGroup").asText();
    }

    boolean snapStart() {
        return configuration
                .path("SnapStart")
                .path("OptimizationStatus")
                .asText()
                .equals("On");
    }

    PlatformLog platformLog() {
        if (!configuration.path("LoggingConfig").path("LogFormat").asText().equals("JSON")) {
            return PlatformLog.TEXT;
        }
        String level =
                configuration.path("LoggingConfig").path("SystemLogLevel").asText();
        return level.equals("WARN") ? PlatformLog.NONE : PlatformLog.JSON;
    }
}
