package io.marketpipeline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.marketpipeline.http.HttpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;
import software.amazon.awssdk.services.sqs.endpoints.SqsEndpointProvider;

class EndpointTest {
    private static HttpAddress endpoint(String service, String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("AWS_REGION", "us-east-1"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return Endpoint.of(service, environment).address();
    }

    /** By the SDK's own rules, which are AWS's; the class of the answer is in a module that nothing else here uses. */
    private static Object ofSdk(String service, String region, boolean fips, boolean dualStack) {
        return service.equals("sqs")
                ? SqsEndpointProvider.defaultProvider()
                        .resolveEndpoint(parameters -> parameters
                                .region(Region.of(region))
                                .useFips(fips)
                                .useDualStack(dualStack))
                        .join()
                : DynamoDbEndpointProvider.defaultProvider()
                        .resolveEndpoint(parameters -> parameters
                                .region(Region.of(region))
                                .useFips(fips)
                                .useDualStack(dualStack))
                        .join();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "us-east-1",
                "ca-central-1",
                "us-gov-west-1",
                "cn-north-1",
                "us-iso-east-1",
                "us-isob-east-1",
                "us-isof-south-1",
                "eu-isoe-west-1",
                "eusc-de-east-1"
            })
    void regionHasTheHostsThatTheSdkCalls(String region) {
        for (String service : List.of("dynamodb", "sqs")) {
            for (boolean fips : List.of(false, true)) {
                for (boolean dualStack : List.of(false, true)) {
                    HttpAddress ours = endpoint(
                            service,
                            "AWS_REGION",
                            region,
                            "AWS_USE_FIPS_ENDPOINT",
                            Boolean.toString(fips),
                            "AWS_USE_DUALSTACK_ENDPOINT",
                            Boolean.toString(dualStack));
                    assertThat(ofSdk(service, region, fips, dualStack))
                            .as("%s, FIPS %s, dual stack %s", service, fips, dualStack)
                            .extracting("url")
                            .hasToString(ours.toString());
                }
            }
        }
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
    @ValueSource(
            strings = {
                "127.0.0.1:4700",
                "ftp://h",
                "http://h/path",
                "http://h?q",
                "http://",
                "http://h:65536",
                "not a url"
            })
    void addressThatIsNoneIsNamed(String address) {
        assertThatIllegalStateException()
                .isThrownBy(() -> endpoint("sqs", "AWS_ENDPOINT_URL", address))
                .withMessageContaining("AWS_ENDPOINT_URL is '" + address + "'");
    }

    @Test
    void variableThatIsWrongIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> endpoint("sqs", "AWS_ENDPOINT_URL_SQS", "here", "AWS_ENDPOINT_URL", "http://h"))
                .withMessageContaining("AWS_ENDPOINT_URL_SQS is 'here'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"us_east", "h/x", "A", "a b"})
    void regionThatIsNoneIsNamed(String region) {
        assertThatIllegalStateException()
                .isThrownBy(() -> endpoint("sqs", "AWS_REGION", region))
                .withMessageContaining("AWS_REGION is '" + region + "'");
    }
}
