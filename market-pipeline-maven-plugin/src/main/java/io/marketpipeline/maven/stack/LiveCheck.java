package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsFailures;
import io.marketpipeline.maven.template.PipelineTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotReadyException;
import software.amazon.awssdk.services.lambda.model.SnapStartNotReadyException;
import software.amazon.awssdk.services.lambda.model.SnapStartTimeoutException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/**
 * Finds out which version really answers, by invoking it with an empty list of events: the handler starts, has nothing to
 * do and stores nothing. Not thread-safe.
 */
final class LiveCheck {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String NO_EVENTS = "[]";
    private static final int SHOWN_ERROR = 500;

    /** How Java's runtime describes an exception. */
    private static final Pattern ERROR =
            Pattern.compile("\"errorMessage\": *\"((?:[^\"\\\\]|\\\\.)*)\", *\"errorType\": *\"([^\"]*)\"");

    private final LambdaClient lambda;
    private final AwsFailures failures;
    private final Pace pace;
    private final String function;

    LiveCheck(LambdaClient lambda, AwsFailures failures, Pace pace, String function) {
        this.lambda = lambda;
        this.failures = failures;
        this.pace = pace;
        this.function = function;
    }

    /** Waits until the alias answers with the version. What is wrong where it doesn't within three minutes; else empty. */
    Optional<String> live(int version) throws InterruptedException {
        return answer(PipelineTemplate.ALIAS_NAME, version);
    }

    /**
     * Waits until the version answers by itself, before anything is sent there. Wakes one whose snapshot Lambda has put
     * away, as it does after 14 idle days. What is wrong; else empty.
     */
    Optional<String> version(int version) throws InterruptedException {
        return answer(Integer.toString(version), version);
    }

    private Optional<String> answer(String qualifier, int version) throws InterruptedException {
        String wanted = Integer.toString(version);
        Instant end = pace.now().plus(PATIENCE);
        Backoff backoff = new Backoff(pace);
        String last = "Lambda is not ready";
        while (pace.now().isBefore(end)) {
            Optional<InvokeResponse> answer = invoke(qualifier);
            if (answer.isPresent() && wanted.equals(answer.get().executedVersion())) {
                return error(answer.get());
            }
            if (answer.isPresent()) {
                last = "version " + answer.get().executedVersion() + " still answers";
            }
            backoff.pause();
        }
        return Optional.of(last + " after " + PATIENCE.toMinutes() + " minutes");
    }

    /** Empty where it has to be tried again. */
    private Optional<InvokeResponse> invoke(String qualifier) {
        return failures.during("invoke " + qualifier + " of function " + function, () -> {
            try {
                return Optional.of(lambda.invoke(request -> request.functionName(function)
                        .qualifier(qualifier)
                        .payload(SdkBytes.fromUtf8String(NO_EVENTS))));
            } catch (SnapStartNotReadyException
                    | SnapStartTimeoutException
                    | ResourceNotReadyException
                    | ResourceConflictException
                    | TooManyRequestsException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<String> error(InvokeResponse answer) {
        if (answer.functionError() == null) {
            return Optional.empty();
        }
        String payload = answer.payload() == null ? "" : answer.payload().asUtf8String();
        Matcher error = ERROR.matcher(payload);
        String words = error.find() ? error.group(2) + ": " + error.group(1) : payload;
        return Optional.of("it fails without any event, "
                + (words.length() > SHOWN_ERROR ? words.substring(0, SHOWN_ERROR) + "…" : words));
    }
}
