package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsFailures;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.stack.DriftedResource.DriftedProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackDriftDetectionStatusResponse;
import software.amazon.awssdk.services.cloudformation.model.DifferenceType;
import software.amazon.awssdk.services.cloudformation.model.PropertyDifference;
import software.amazon.awssdk.services.cloudformation.model.StackDriftDetectionStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDrift;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftStatus;

/**
 * Asks CloudFormation what was changed past it. It looks at properties that the template names, of types that it can read
 * back; the function's code isn't among them. Not thread-safe.
 */
final class StackDrift {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int REFUSED = 400;
    private static final Secrets SECRETS = new Secrets(List.of());

    private final CloudFormationClient cloudFormation;
    private final AwsFailures failures;
    private final Pace pace;

    StackDrift(CloudFormationClient cloudFormation, AwsFailures failures, Pace pace) {
        this.cloudFormation = cloudFormation;
        this.failures = failures;
        this.pace = pace;
    }

    /**
     * What a look brought.
     *
     * @param resources what has changed, by logical id
     * @param problem why not all could be looked at; empty where all was
     */
    record Found(List<DriftedResource> resources, Optional<String> problem) {
        Found {
            resources = List.copyOf(resources);
        }
    }

    /** Looks at all resources of a stack, which takes AWS up to some minutes. */
    Found find(String stack) throws InterruptedException {
        Optional<String> problem;
        try {
            problem = detect(stack);
        } catch (UserFixableException e) {
            return new Found(List.of(), Optional.of(String.valueOf(e.getMessage())));
        } catch (CloudFormationException e) {
            if (e.statusCode() < REFUSED) {
                throw e;
            }
            String said = e.awsErrorDetails() == null
                    ? String.valueOf(e.getMessage())
                    : String.valueOf(e.awsErrorDetails().errorMessage());
            return new Found(List.of(), Optional.of("CloudFormation says: " + said));
        }
        return new Found(drifted(stack), problem);
    }

    private Optional<String> detect(String stack) throws InterruptedException {
        String id = failures.during("detect the drift of stack " + stack, () -> cloudFormation
                .detectStackDrift(request -> request.stackName(stack))
                .stackDriftDetectionId());
        Instant end = pace.now().plus(LIMIT);
        Backoff backoff = new Backoff(pace);
        while (true) {
            DescribeStackDriftDetectionStatusResponse now = failures.during(
                    "detect the drift of stack " + stack,
                    () -> cloudFormation.describeStackDriftDetectionStatus(
                            request -> request.stackDriftDetectionId(id)));
            if (now.detectionStatus() == StackDriftDetectionStatus.DETECTION_FAILED) {
                // What could be looked at is there all the same.
                return Optional.of("not all could be looked at: " + now.detectionStatusReason());
            }
            if (now.detectionStatus() != StackDriftDetectionStatus.DETECTION_IN_PROGRESS) {
                return Optional.empty();
            }
            if (pace.now().isAfter(end)) {
                return Optional.of("CloudFormation is still looking after " + LIMIT.toMinutes() + " minutes");
            }
            backoff.pause();
        }
    }

    private List<DriftedResource> drifted(String stack) {
        return failures.during("read the drift of stack " + stack, () -> cloudFormation
                .describeStackResourceDriftsPaginator(request -> request.stackName(stack)
                        .stackResourceDriftStatusFilters(
                                StackResourceDriftStatus.MODIFIED, StackResourceDriftStatus.DELETED))
                .stream()
                .flatMap(page -> page.stackResourceDrifts().stream())
                .map(StackDrift::resource)
                .sorted(Comparator.comparing(DriftedResource::logicalId))
                .toList());
    }

    private static DriftedResource resource(StackResourceDrift drift) {
        return new DriftedResource(
                drift.logicalResourceId(),
                drift.physicalResourceId() == null ? "" : drift.physicalResourceId(),
                drift.resourceType(),
                drift.stackResourceDriftStatus() == StackResourceDriftStatus.DELETED,
                drift.propertyDifferences().stream()
                        .map(StackDrift::property)
                        .sorted(Comparator.comparing(DriftedProperty::path))
                        .toList(),
                Optional.empty());
    }

    private static DriftedProperty property(PropertyDifference difference) {
        boolean added = difference.differenceType() == DifferenceType.ADD;
        boolean removed = difference.differenceType() == DifferenceType.REMOVE;
        String path = difference.propertyPath().replace('/', '.');
        return new DriftedProperty(
                difference.propertyPath(),
                added ? Optional.empty() : shown(path, difference.expectedValue()),
                removed ? Optional.empty() : shown(path, difference.actualValue()));
    }

    private static Optional<String> shown(String path, @Nullable String value) {
        return Optional.ofNullable(value).map(text -> SECRETS.shown(path, text));
    }
}
