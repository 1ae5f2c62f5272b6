package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private final Secrets secrets = new Secrets(List.of("hunter2"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Environment.Variables.FEED_TOKEN",
                "Environment.Variables.DbPassword",
                "Tags.ApiKey",
                "Environment.Variables.aws_secret_access_key"
            })
    void valueThatIsSecretByItsNameIsHidden(String path) {
        assertThat(secrets.shown(path, "abc123")).isEqualTo("(hidden)");
    }

    @Test
    void valueOfAParameterThatMayNotBeEchoedIsHiddenWhereverItIs() {
        assertThat(secrets.shown("Description", "log in with hunter2")).isEqualTo("(hidden)");
    }

    @Test
    void otherValueIsShown() {
        assertThat(secrets.shown("MemorySize", "512")).isEqualTo("512");
    }

    /** Drift detection gives a map that was added or removed as a whole. */
    @Test
    void secretInsideATreeIsHiddenAndTheRestIsShown() {
        assertThat(secrets.shown("Environment", "{\"Variables\":{\"VENDOR_API_KEY\":\"abc123\",\"LEVEL\":\"INFO\"}}"))
                .isEqualTo("{\"Variables\":{\"VENDOR_API_KEY\":\"(hidden)\",\"LEVEL\":\"INFO\"}}");
        assertThat(secrets.shown("Tags.4", "{\"Key\":\"FeedToken\",\"Value\":\"abc123\"}"))
                .doesNotContain("abc123");
    }
}
