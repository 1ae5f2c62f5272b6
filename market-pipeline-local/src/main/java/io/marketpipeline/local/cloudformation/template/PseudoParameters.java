package io.marketpipeline.local.cloudformation.template;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that every template may refer to. */
public final class PseudoParameters {
    /** Stands for a property that is left out. */
    public static final String NO_VALUE = "AWS::NoValue";

    static final Set<String> NAMES = Stream.concat(
                    Stream.of(NO_VALUE, "AWS::NotificationARNs"), values("", "", "", "").keySet().stream())
            .collect(Collectors.toUnmodifiableSet());

    private PseudoParameters() {}

    /** The values of the pseudo parameters that are texts, by name. */
    public static Map<String, String> values(String region, String accountId, String stackName, String stackId) {
        return Map.of(
                "AWS::Region", region,
                "AWS::AccountId", accountId,
                "AWS::Partition", "aws",
                "AWS::URLSuffix", "amazonaws.com",
                "AWS::StackName", stackName,
                "AWS::StackId", stackId);
    }
}
