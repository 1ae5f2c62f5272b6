package io.marketpipeline.local.cloudformation.stack;

import java.util.List;
import java.util.Map;

/**
 * What a deployment would do. Immutable.
 *
 * @param changes of resources, in the order of the template, removed ones last
 * @param elsewhere whether something besides resources changes: outputs, or tags that no resource takes
 * @param problems what early validation finds; with any, nothing may be executed
 * @param imports resources found to be taken over: logical id to physical id
 */
public record Plan(List<Change> changes, boolean elsewhere, List<Finding> problems, Map<String, String> imports) {
    /**
     * One finding of early validation.
     *
     * @param validation AWS's name of it, such as {@code PROPERTY_VALIDATION}
     * @param logicalId the resource
     * @param type its type
     * @param path where in the template, such as {@code /Resources/Queue/Properties/DelaySecnds}
     * @param message what is wrong, by name
     */
    public record Finding(String validation, String logicalId, String type, String path, String message) {
        static final String PROPERTY = "PROPERTY_VALIDATION";
        static final String NAME_CONFLICT = "NAME_CONFLICT_VALIDATION";

        /** The hook that AWS names in a change set's reason. */
        String hook() {
            return validation.equals(PROPERTY)
                    ? "AWS::EarlyValidation::PropertyValidation"
                    : "AWS::EarlyValidation::ResourceExistenceCheck";
        }
    }

    /** Whether nothing would happen. */
    public boolean empty() {
        return changes.isEmpty() && !elsewhere;
    }

    /**
     * AWS's sentence for the problems. AWS leaves the findings themselves to {@code DescribeEvents}, which has them
     * here, too; naming them at once saves a look.
     */
    public String problem() {
        List<String> hooks = problems.stream().map(Finding::hook).distinct().toList();
        List<String> messages = problems.stream().map(Finding::message).toList();
        return "The following hook(s)/validation failed: " + hooks
                + ". To troubleshoot Early Validation errors, use the "
                + "DescribeEvents API for detailed failure information. " + String.join("; ", messages);
    }
}
