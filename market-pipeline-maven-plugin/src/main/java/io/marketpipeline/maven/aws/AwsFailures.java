package io.marketpipeline.maven.aws;

import io.marketpipeline.maven.config.UserFixableException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says what an SDK exception means and what to do about it. What it can't name comes back as the SDK's own exception, so
 * that it is shown as unexpected. Thread-safe.
 */
public final class AwsFailures {
    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired");
    private static final Set<String> BAD_KEYS = Set.of(
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "InvalidAccessKeyId",
            "InvalidSignatureException");
    private static final Set<String> DENIED =
            Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "403");
    private static final Set<String> THROTTLED = Set.of(
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "SlowDown",
            "ProvisionedThroughputExceededException");
    private static final Set<String> CLOCK = Set.of("RequestTimeTooSkewed", "InvalidSignatureTime");
    private static final Pattern ACTION = Pattern.compile("perform: ?([A-Za-z0-9-]+:[A-Za-z0-9*]+)");
    private static final Pattern PRINCIPAL = Pattern.compile("(arn:aws[^ ]*:(?:iam|sts)::[^ ]+) is not authorized");

    /** Of what the SDK's chain says of each place, what it says of the profile, without the file's listing. */
    private static final Pattern PROFILE = Pattern.compile(
            "ProfileCredentialsProvider\\(profileName=([^,]+),.*\\)\\): (.+?)\\.?(?:: ProfileFile\\(.*)?, ContainerCredentialsProvider\\(\\): ",
            Pattern.DOTALL);

    private final AwsEnvironment environment;

    /** Messages name this environment, its region or endpoint. */
    public AwsFailures(AwsEnvironment environment) {
        this.environment = environment;
    }

    /** The environment that messages name. */
    public AwsEnvironment environment() {
        return environment;
    }

    /**
     * Runs a call and translates what it throws.
     *
     * @param doing what the call does, as in 'could not ...': {@code read stack market-pipeline-dev}
     * @throws UserFixableException where the user can mend it
     * @throws SdkException where it is something else
     */
    public <T> T during(String doing, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw explain(doing, e).<RuntimeException>map(why -> why).orElse(e);
        }
    }

    /** The failure in words; empty where nothing better than the SDK's own can be said. */
    public Optional<UserFixableException> explain(String doing, SdkException failure) {
        return advice(failure).map(advice -> new UserFixableException("Could not " + doing + ": " + advice, failure));
    }

    private Optional<String> advice(SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            return Optional.ofNullable(serviceAdvice(answer));
        }
        return failure instanceof SdkClientException ? clientAdvice(failure) : Optional.empty();
    }

    private @Nullable String serviceAdvice(AwsServiceException failure) {
        String code = failure.awsErrorDetails() == null
                ? ""
                : String.valueOf(failure.awsErrorDetails().errorCode());
        String reason = failure.awsErrorDetails() == null
                ? String.valueOf(failure.getMessage())
                : String.valueOf(failure.awsErrorDetails().errorMessage());
        if (EXPIRED.contains(code)) {
            return "the AWS credentials have expired. Sign in again (`aws sso login`, or new keys in the profile or in"
                    + " AWS_SESSION_TOKEN) and repeat the goal.";
        }
        if (BAD_KEYS.contains(code)) {
            return where() + " does not accept the AWS credentials (" + code + "). Check AWS_PROFILE or"
                    + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; `aws sts get-caller-identity` shows who you are.";
        }
        if (DENIED.contains(code) || (failure.statusCode() == 403 && code.isEmpty())) {
            return denied(reason);
        }
        if (THROTTLED.contains(code)) {
            return where() + " is throttling requests (" + code + "), also after the SDK's retries. Repeat the goal in"
                    + " a minute; what it did so far stays and is not done twice.";
        }
        if (CLOCK.contains(code)) {
            return "this machine's clock differs too much from AWS's (" + code
                    + "). Set the clock and repeat the goal.";
        }
        return null;
    }

    private String denied(String reason) {
        String action = first(ACTION, reason).map(a -> "the action " + a).orElse("the request");
        String principal = first(PRINCIPAL, reason).map(p -> " to " + p).orElse("");
        return where() + " denies " + action + principal + ". Allow it in the IAM policy of that identity, or choose"
                + " another with AWS_PROFILE. AWS says: " + reason;
    }

    private Optional<String> clientAdvice(SdkException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("Unable to load credentials")
                || message.contains("Profile file contained no credentials")) {
            return Optional.of("no AWS credentials were found" + ofProfile(message)
                    + ". Set AWS_PROFILE, sign in with `aws sso login`, or set"
                    + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. To try it without an AWS account: `mvn"
                    + " market-pipeline:run`, then -Denv=local.");
        }
        List<Throwable> causes = causes(failure);
        if (causes.stream().anyMatch(UnknownHostException.class::isInstance)) {
            return Optional.of("the host name of " + where() + " is unknown. Check <region> ('" + environment.region()
                    + "')" + (environment.endpoint().isPresent() ? ", <endpoint>" : "")
                    + " and the network connection.");
        }
        if (causes.stream().anyMatch(ConnectException.class::isInstance)
                || causes.stream().anyMatch(c -> c.getClass().getSimpleName().equals("ConnectTimeoutException"))) {
            return Optional.of(unreachable());
        }
        if (causes.stream().anyMatch(SSLException.class::isInstance)) {
            return Optional.of("no trusted TLS connection to " + where() + " (" + message + "). Check <endpoint>, the"
                    + " proxy, and the JDK's trust store.");
        }
        if (causes.stream().anyMatch(SocketTimeoutException.class::isInstance)) {
            return Optional.of(where() + " did not answer in time. Check the network connection and repeat the goal.");
        }
        return Optional.empty();
    }

    private static String ofProfile(String message) {
        Matcher profile = PROFILE.matcher(message);
        return profile.find() ? "; profile '" + profile.group(1) + "' gave none: " + profile.group(2) : "";
    }

    private String unreachable() {
        if (environment.loopback()) {
            return "nothing listens on " + where() + ". Start the local endpoint with `" + environment.commandOfRun()
                    + "` in another window and repeat the goal; if it runs on another port, name it with -Dendpoint.";
        }
        return where() + " can't be reached. Check "
                + (environment.endpoint().isPresent() ? "<endpoint>, AWS_ENDPOINT_URL, " : "")
                + "the network connection and the proxy settings.";
    }

    private String where() {
        return environment.where();
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable t = failure; t != null && !causes.contains(t); t = t.getCause()) {
            causes.add(t);
        }
        return causes;
    }
}
