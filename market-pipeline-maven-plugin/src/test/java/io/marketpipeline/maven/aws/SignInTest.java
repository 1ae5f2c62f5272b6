package io.marketpipeline.maven.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

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
            """;

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
