package io.marketpipeline.maven.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class SignInTest {
    private static final String CONFIG =
            """
            [profile legacy]
            sso_start_url=https://example.invalid/nobody-signed-in-here
            sso_region=us-east-1
            sso_account_id=123456789012
            sso_role_name=deployer

            [sso-session nobody-signed-in-here]
            sso_start_url=https://example.invalid/nobody-signed-in-here
            sso_region=us-east-1

            [profile session]
            sso_session=nobody-signed-in-here
            sso_account_id=123456789012
            sso_role_name=deployer

            [profile login]
            login_session=arn:aws:iam::123456789012:user/nobody-signed-in-here
            region=us-east-1

            [profile sourceless]
            role_arn=arn:aws:iam::123456789012:role/deployer
            source_profile=nowhere
            """;

    private static final AwsFailures AWS =
            new AwsFailures(new AwsEnvironment("dev", "us-east-1", Optional.empty(), Optional.empty(), Map.of()));

    private static final String CONFIG_FILE = "aws.configFile";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeConfig() throws IOException {
        System.setProperty(
                CONFIG_FILE, Files.writeString(folder.resolve("config"), CONFIG).toString());
    }

    @AfterEach
    void forgetConfig() {
        System.clearProperty(CONFIG_FILE);
    }

    @ParameterizedTest
    @CsvSource({
        "session,    Unable to load SSO token. Set",
        "unknown,    contained no credentials for profile 'unknown'. Set",
        "sourceless, that source profile has no credentials configured. Set"
    })
    void explainWhenAProfileGivesNoneSaysWhatTheSdkSaysOfIt(String profile, String why) {
        var chain = AwsCredentialsProviderChain.of(
                ProfileCredentialsProvider.create(profile), ContainerCredentialsProvider.create());
        try (chain) {
            SdkClientException failure = catchThrowableOfType(SdkClientException.class, chain::resolveCredentials);

            assertThat(AWS.explain("read stack x", failure).orElseThrow())
                    .hasMessageContaining("credentials were found; profile '" + profile + "' gave none: ")
                    .hasMessageContaining(why)
                    .hasMessageNotContaining("ProfileFile(");
        }
    }

    // The SDK looks for these clients by name, and asks for a sign-in only where they are there.
    @ParameterizedTest
    @ValueSource(strings = {"legacy", "session", "login"})
    void profileWhenNobodySignedInFailsForThatAndNotForAMissingLibrary(String profile) {
        try (ProfileCredentialsProvider credentials = ProfileCredentialsProvider.create(profile)) {
            assertThatThrownBy(credentials::resolveCredentials)
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageNotContaining("contained no credentials")
                    .hasMessageNotContaining("must be on the class path");
        }
    }
}
