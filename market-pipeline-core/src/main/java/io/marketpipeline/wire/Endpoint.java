package io.marketpipeline.wire;

import io.marketpipeline.http.HttpAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * Where a service listens.
 *
 * @param service name in the credential scope, {@code dynamodb} or {@code sqs}
 */
record Endpoint(String service, String region, HttpAddress address) {
    /** AWS's partitions: how names of their regions begin, and how names of hosts end, the second with IPv6. */
    private static final String[][] PARTITIONS = {
        {"cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"},
        {"eusc-", "amazonaws.eu", "api.amazonwebservices.eu"},
        {"us-iso-", "c2s.ic.gov", "api.aws.ic.gov"},
        {"us-isob-", "sc2s.sgov.gov", "api.aws.scloud"},
        {"us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"},
        {"eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"},
        {"", "amazonaws.com", "api.aws"}
    };

    /**
     * The endpoint that the environment names: {@code AWS_ENDPOINT_URL_<SERVICE>}, {@code AWS_ENDPOINT_URL}, else the
     * region's own, with {@code AWS_USE_FIPS_ENDPOINT} and {@code AWS_USE_DUALSTACK_ENDPOINT} (AWS SDKs and Tools reference
     * guide, "Service-specific endpoints").
     *
     * @throws IllegalStateException where the region is missing or the address is none
     */
    static Endpoint of(String service, Map<String, String> environment) {
        String region = value(environment, "AWS_REGION");
        HttpAddress own = ofRegion(service, region, environment);
        String variable = "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT);
        if (value(environment, variable).isEmpty()) {
            variable = "AWS_ENDPOINT_URL";
        }
        String url = value(environment, variable);
        if (url.isEmpty() || isOn(environment, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
            return new Endpoint(service, region, own);
        }
        HttpAddress named = HttpAddress.of(url);
        if (named == null
                || url.contains("?")
                || !"/".startsWith(URI.create(url).getRawPath())) {
            throw new IllegalStateException(
                    variable + " is '" + url + "', but must be an address like https://host:port, without path");
        }
        return new Endpoint(service, region, named);
    }

    private static HttpAddress ofRegion(String service, String region, Map<String, String> environment) {
        int ending = isOn(environment, "AWS_USE_DUALSTACK_ENDPOINT") ? 2 : 1;
        // GovCloud's hosts of IPv4 are FIPS's all the same, and have no other name.
        boolean fips = isOn(environment, "AWS_USE_FIPS_ENDPOINT") && (ending == 2 || !region.startsWith("us-gov-"));
        int partition = 0;
        while (!region.startsWith(PARTITIONS[partition][0])) {
            partition++;
        }
        String host = service + (fips ? "-fips." : ".") + region + "." + PARTITIONS[partition][ending];
        HttpAddress address = HttpAddress.of("https://" + host);
        if (address == null || !address.host().equals(host.toLowerCase(Locale.ROOT))) {
            throw new IllegalStateException("AWS_REGION is '" + region + "', but must be a region like us-east-1");
        }
        return address;
    }

    /** Empty where it says nothing. */
    private static String value(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "").strip();
    }

    private static boolean isOn(Map<String, String> environment, String name) {
        return "true".equalsIgnoreCase(environment.get(name));
    }
}
