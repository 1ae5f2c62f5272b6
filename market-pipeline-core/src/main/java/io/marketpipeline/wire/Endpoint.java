package io.marketpipeline.wire;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a service listens.
 *
 * @param service name in the credential scope, {@code dynamodb} or {@code sqs}
 * @param port the scheme's own where the address names none
 */
record Endpoint(String service, String region, boolean tls, String host, int port) {
    /**
     * Suffixes of host names by the beginning of the region's name (AWS partitions).
     *
     * @param regions beginning of the names
     * @param dualStack null where the partition has none
     */
    private record Partition(String regions, String suffix, @Nullable String dualStack) {}

    private static final Partition[] PARTITIONS = {
        new Partition("cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
        new Partition("eusc-", "amazonaws.eu", "api.amazonwebservices.eu"),
        new Partition("us-iso-", "c2s.ic.gov", null),
        new Partition("us-isob-", "sc2s.sgov.gov", null),
        new Partition("us-isof-", "csp.hci.ic.gov", null),
        new Partition("eu-isoe-", "cloud.adc-e.uk", null),
        new Partition("", "amazonaws.com", "api.aws")
    };

    /**
     * The endpoint that the environment names: {@code AWS_ENDPOINT_URL_<SERVICE>}, {@code AWS_ENDPOINT_URL}, else the
     * region's own, with {@code AWS_USE_FIPS_ENDPOINT} and {@code AWS_USE_DUALSTACK_ENDPOINT} (AWS SDKs and Tools reference
     * guide, "Service-specific endpoints").
     *
     * @throws IllegalStateException where the region is missing or the address is none
     */
    static Endpoint of(String service, Map<String, String> environment) {
        String region = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
        if (!isHostLabel(region)) {
            throw new IllegalStateException("AWS_REGION is '" + region + "', but must be a region like us-east-1");
        }
        String name = "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT);
        String url = isOn(environment, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
                ? ""
                : first(environment, name, "AWS_ENDPOINT_URL");
        return url.isEmpty() ? ofRegion(service, region, environment) : ofUrl(service, region, url);
    }

    private static Endpoint ofRegion(String service, String region, Map<String, String> environment) {
        String prefix = service + (isOn(environment, "AWS_USE_FIPS_ENDPOINT") ? "-fips." : ".") + region + ".";
        for (Partition partition : PARTITIONS) {
            if (region.startsWith(partition.regions)) {
                boolean dual = isOn(environment, "AWS_USE_DUALSTACK_ENDPOINT") && partition.dualStack != null;
                return new Endpoint(
                        service, region, true, prefix + (dual ? partition.dualStack : partition.suffix), 443);
            }
        }
        throw new IllegalStateException("no partition has region " + region);
    }

    private static Endpoint ofUrl(String service, String region, String url) {
        Endpoint endpoint = at(service, region, url);
        if (endpoint == null
                || url.contains("?")
                || !"/".startsWith(URI.create(url).getRawPath())) {
            throw new IllegalStateException(
                    "AWS_ENDPOINT_URL is '" + url + "', but must be an address like https://host:port, without path");
        }
        return endpoint;
    }

    /** The host and port that an address names; null where it is none of {@code http} or {@code https}. */
    static @Nullable Endpoint at(String service, String region, String address) {
        try {
            URI uri = URI.create(address);
            boolean tls = "https".equalsIgnoreCase(uri.getScheme());
            int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
            return uri.getHost() != null && (tls || "http".equalsIgnoreCase(uri.getScheme()))
                    ? new Endpoint(service, region, tls, uri.getHost(), port)
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Value of the header {@code Host}. */
    String hostHeader() {
        return port == (tls ? 443 : 80) ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + hostHeader();
    }

    private static boolean isHostLabel(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The first value that says something; empty where none does. */
    private static String first(Map<String, String> environment, String... names) {
        String value = "";
        for (int i = 0; i < names.length && value.isEmpty(); i++) {
            value = environment.getOrDefault(names[i], "").strip();
        }
        return value;
    }

    private static boolean isOn(Map<String, String> environment, String name) {
        return "true".equalsIgnoreCase(environment.get(name));
    }
}
