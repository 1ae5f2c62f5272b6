package io.marketpipeline.maven.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

class AwsCheckTest {
    @Test
    void verifyWhenAnyAccountWillDoReturnsTheCaller() {
        assertThat(check(Optional.empty()).verify())
                .isEqualTo(new CallerIdentity("111122223333", "arn:aws:iam::111122223333:user/ann"));
    }

    @Test
    void verifyWhenAccountIsAnotherRefuses() {
        assertThatThrownBy(() -> check(Optional.of("999988887777")).verify())
                .hasMessageContaining("belongs to account 999988887777 (<accountId>)")
                .hasMessageContaining("those of account 111122223333 (arn:aws:iam::111122223333:user/ann)")
                .hasMessageContaining("Nothing was touched");
    }

    private static AwsCheck check(Optional<String> accountId) {
        return new AwsCheck(
                new AwsEnvironment("prod", "us-east-1", accountId, Optional.empty(), Map.of()),
                new AnnsSecurityTokens());
    }

    /** Knows one user. */
    private static final class AnnsSecurityTokens implements StsClient {
        @Override
        public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
            return GetCallerIdentityResponse.builder()
                    .account("111122223333")
                    .arn("arn:aws:iam::111122223333:user/ann")
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
