package io.marketpipeline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.marketpipeline.http.HttpAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static HttpAddress endpoint(String service, String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("AWS_REGION", "us-east-1"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return Endpoint.of(service, environment).address();
    }

    @ParameterizedTest
    @CsvSource({
        "us-east-1, https://dynamodb.us-east-1.amazonaws.com",
        "us-gov-west-1, https://dynamodb.us-gov-west-1.amazonaws.com",
        "cn-north-1, https://dynamodb.cn-north-1.amazonaws.com.cn",
        "us-iso-east-1, https://dynamodb.us-iso-east-1.c2s.ic.gov",
        "us-isob-east-1, https://dynamodb.us-isob-east-1.sc2s.sgov.gov",
        "eusc-de-east-1, https://dynamodb.eusc-de-east-1.amazonaws.eu"
    })
    void regionHasItsPartitionsHost(String region, String address) {
        assertThat(endpoint("dynamodb", "AWS_REGION", region)).hasToString(address);
    }

    @Test
    void fipsAndDualStackAreFollowed() {
        assertThat(endpoint("sqs", "AWS_USE_FIPS_ENDPOINT", "true"))
                .hasToString("https://sqs-fips.us-east-1.amazonaws.com");
        assertThat(endpoint("dynamodb", "AWS_USE_DUALSTACK_ENDPOINT", "true"))
                .hasToString("https://dynamodb.us-east-1.api.aws");
    }

    @Test
    void addressOfTheServiceBeatsTheCommonOne() {
        assertThat(endpoint(
                        "sqs", "AWS_ENDPOINT_URL", "http://127.0.0.1:1", "AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:2/"))
                .hasToString("http://127.0.0.1:2");
        assertThat(endpoint("sqs", "AWS_ENDPOINT_URL", "https://h", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"))
                .hasToString("https://sqs.us-east-1.amazonaws.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:4700", "ftp://h", "http://h/path", "http://h?q", "http://", "not a url"})
    void addressThatIsNoneIsNamed(String address) {
        assertThatIllegalStateException()
                .isThrownBy(() -> endpoint("sqs", "AWS_ENDPOINT_URL", address))
                .withMessageContaining("'" + address + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"us_east", "h/x", "A", "a b"})
    void regionThatIsNoneIsNamed(String region) {
        assertThatIllegalStateException()
                .isThrownBy(() -> endpoint("sqs", "AWS_REGION", region))
                .withMessageContaining("AWS_REGION is '" + region + "'");
    }
}
