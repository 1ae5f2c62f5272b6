package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a caller names: a function by name, partial ARN or ARN, with a qualifier in it or beside it.
 *
 * @param qualifier version or alias; empty for none
 */
record FunctionReference(String name, String qualifier) {
    private static final Pattern SHAPE = Pattern.compile(
            "(?:arn:(?:aws[a-zA-Z-]*):lambda:[a-z0-9-]+:)?(?:[0-9]{12}:)?(?:function:)?([a-zA-Z0-9-_]+)(?::(\\$LATEST|[a-zA-Z0-9-_]+))?");

    static FunctionReference of(ObjectNode input) {
        return of(input.path("FunctionName").asText(), input.path("Qualifier").asText());
    }

    static FunctionReference of(String text, String qualifier) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw AwsError.of(
                    "ValidationException",
                    "1 validation error detected: Value '" + text
                            + "' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression"
                            + " pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?"
                            + "(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
        }
        String inside = matcher.group(2) == null ? "" : matcher.group(2);
        if (!inside.isEmpty() && !qualifier.isEmpty() && !inside.equals(qualifier)) {
            throw AwsError.of(
                    "InvalidParameterValueException",
                    "The derived qualifier from the function name does not match the specified qualifier.");
        }
        return new FunctionReference(matcher.group(1), inside.isEmpty() ? qualifier : inside);
    }
}
