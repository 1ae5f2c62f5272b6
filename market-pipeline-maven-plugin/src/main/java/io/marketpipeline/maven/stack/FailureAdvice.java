package io.marketpipeline.maven.stack;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to do about failures that people meet often, by what AWS says of them. */
final class FailureAdvice {
    private record Advice(Pattern said, String todo) {}

    private static final List<Advice> ALL = List.of(
            advice(
                    "UnreservedConcurrentExecution|ReservedConcurrentExecution",
                    "leave out <function><reservedConcurrency>, take a smaller one, or ask AWS for a larger quota of"
                            + " concurrent executions (new accounts have few)"),
            advice(
                    "custom-named resource requires replacing",
                    "take back the change of that resource: it can't be replaced under its own name. For another one,"
                            + " set <name>; what the old one holds stays there"),
            advice(
                    "already exists",
                    "something of that name is there already, from another stack or made by hand. Look whose it is; then"
                            + " remove it, take it over, or choose another prefix with <name>"),
            advice(
                    "more than one (GSI|Global Secondary Index)|Only 1 online index",
                    "run the goal again: it makes one index change at a time"),
            advice(
                    "is not authorized|AccessDenied|not authorized to perform|Access Denied",
                    "allow the action that AWS names in the IAM policy of the identity that deploys"),
            advice(
                    "cannot be assumed by Lambda|role defined for the function",
                    "run the goal again: the role was new, and not yet known everywhere"),
            advice(
                    "limit exceeded|LimitExceeded|quota|Cannot exceed|too many",
                    "a quota of the account is used up: remove what isn't needed, or ask AWS for more (Service Quotas)"),
            advice(
                    "KMS|customer master key|kms:",
                    "check that the key of <tables><keyArn> is enabled, in this region, and that its policy lets this"
                            + " account's services use it"),
            advice(
                    "Deletion protection|DeletionProtection",
                    "the table refuses to be deleted: set <tables><protection>false</protection>, deploy that alone, and"
                            + " repeat the change"),
            advice(
                    "extraneous key|not permitted|is not a valid enum value|expected type|required key",
                    "the template has something that this endpoint's CloudFormation doesn't know; if it is AWS itself,"
                            + " this is an error of market-pipeline: please report it with the template in"
                            + " target/market-pipeline"),
            advice(
                    "Rate exceeded|Throttling|Internal Failure|ServiceInternalError|InternalFailure|ServiceUnavailable"
                            + "|NotStabilized|timed out",
                    "AWS was busy or had a fault of its own: run the goal again in a minute"));

    private FailureAdvice() {}

    /** What to do, as a clause; empty where nothing better than AWS's own words is known. */
    static Optional<String> on(String reason) {
        return ALL.stream()
                .filter(advice -> advice.said().matcher(reason).find())
                .map(Advice::todo)
                .findFirst();
    }

    private static Advice advice(String said, String todo) {
        return new Advice(Pattern.compile(said, Pattern.CASE_INSENSITIVE), todo);
    }
}
