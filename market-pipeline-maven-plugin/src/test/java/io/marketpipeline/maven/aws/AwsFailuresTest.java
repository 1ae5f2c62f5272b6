package io.marketpipeline.maven.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.UserFixableException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class AwsFailuresTest {
    private static final AwsFailures AWS = failures(Optional.empty());
    private static final AwsFailures LOCAL = failures(Optional.of(URI.create("http://127.0.0.1:4700")));
    private static final AwsFailures OTHER = failures(Optional.of(URI.create("https://aws.example")));

    @Test
    void explainWhenAccessIsDeniedNamesTheAction() {
        assertThat(message(
                        AWS,
                        answer(
                                "AccessDenied",
                                "User: arn:aws:iam::111122223333:user/ann is not authorized to perform:"
                                        + " cloudformation:CreateChangeSet on resource: arn:aws:x")))
                .startsWith("Could not make it: AWS us-east-1 denies the action cloudformation:CreateChangeSet to"
                        + " arn:aws:iam::111122223333:user/ann. Allow it in the IAM policy")
                .contains("AWS says: User:");
    }

    @Test
    void explainWhenTokenHasExpiredSaysHowToSignIn() {
        assertThat(message(AWS, answer("ExpiredToken", "The security token included in the request is expired")))
                .contains("credentials have expired")
                .contains("aws sso login");
    }

    @Test
    void explainWhenKeysAreRefusedNamesTheVariables() {
        assertThat(message(AWS, answer("InvalidClientTokenId", "The security token is invalid")))
                .contains("does not accept the AWS credentials (InvalidClientTokenId)")
                .contains("AWS_PROFILE");
    }

    @Test
    void explainWhenThrottledAdvisesToRepeat() {
        assertThat(message(AWS, answer("Throttling", "Rate exceeded")))
                .contains("throttling requests")
                .contains("Repeat the goal in a minute");
    }

    @Test
    void explainWhenClockIsWrongSaysSo() {
        assertThat(message(AWS, answer("RequestTimeTooSkewed", "skewed"))).contains("Set the clock");
    }

    @Test
    void explainWhenThereAreNoCredentialsNamesTheLocalWay() {
        assertThat(message(AWS, client("Unable to load credentials from any of the providers", null)))
                .contains("no AWS credentials were found")
                .contains("mvn market-pipeline:run");
    }

    @Test
    void explainWhenHostIsUnknownNamesRegion() {
        assertThat(message(AWS, client("failed", new UnknownHostException("cloudformation.us-east-11"))))
                .contains("Check <region> ('us-east-1') and the network connection");
    }

    @Test
    void explainWhenNothingListensOnLoopbackNamesRun() {
        assertThat(message(LOCAL, client("failed", new ConnectException("Connection refused"))))
                .contains("nothing listens on http://127.0.0.1:4700")
                .contains("mvn market-pipeline:run");
    }

    @Test
    void explainWhenEndpointCannotBeReachedNamesIt() {
        assertThat(message(OTHER, client("failed", new ConnectException("Connection refused"))))
                .contains("https://aws.example can't be reached. Check <endpoint>, AWS_ENDPOINT_URL");
    }

    @Test
    void explainWhenTlsFailsNamesTheTrustStore() {
        assertThat(message(OTHER, client("failed", new SSLHandshakeException("PKIX"))))
                .contains("trust store");
    }

    @Test
    void explainWhenAnswerIsLateSaysSo() {
        assertThat(message(AWS, client("failed", new SocketTimeoutException("Read timed out"))))
                .contains("did not answer in time");
    }

    @Test
    void duringWhenFailureIsUnknownThrowsItAsItIs() {
        SdkException failure = answer("InternalFailure", "oops");

        assertThatThrownBy(() -> AWS.during("make it", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void duringWhenUserCanMendItKeepsTheCause() {
        SdkException failure = answer("ExpiredToken", "expired");

        assertThatThrownBy(() -> AWS.during("make it", () -> {
                    throw failure;
                }))
                .isInstanceOf(UserFixableException.class)
                .hasCause(failure);
    }

    private static AwsFailures failures(Optional<URI> endpoint) {
        return new AwsFailures(new AwsEnvironment("dev", "us-east-1", Optional.empty(), endpoint, Map.of()));
    }

    private static String message(AwsFailures failures, SdkException failure) {
        return failures.explain("make it", failure).orElseThrow().getMessage();
    }

    private static SdkException client(String message, Throwable cause) {
        return SdkClientException.create(message, cause);
    }

    private static SdkException answer(String code, String message) {
        return AwsServiceException.builder()
                .statusCode(400)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
