package io.marketpipeline.local.gateway;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What every service may know of the endpoint that it runs in.
 *
 * @param region the one region
 * @param accountId the 12 digits of the one account
 * @param endpoint the endpoint's own address with its real port; open from the start, answers once all services are wired
 * @param workFolder a temporary folder, deleted when the endpoint ends; a service makes a folder of its own in it
 * @param delayFactor what AWS's retry delays are multiplied by; 1 is AWS's own pace
 * @param concurrency function processes at most
 * @param stackStep how long CloudFormation takes for each resource besides its work
 * @param stackHold file at whose presence CloudFormation begins no further resource; null for none
 * @param classData folder with archives that function processes start faster with; null for none
 */
public record EndpointSettings(
        String region,
        String accountId,
        URI endpoint,
        Path workFolder,
        double delayFactor,
        int concurrency,
        Duration stackStep,
        @Nullable Path stackHold,
        @Nullable Path classData) {
    /** Settings with which CloudFormation takes no longer than its work. */
    public EndpointSettings(
            String region, String accountId, URI endpoint, Path workFolder, double delayFactor, int concurrency) {
        this(region, accountId, endpoint, workFolder, delayFactor, concurrency, Duration.ZERO, null, null);
    }

    /** The given delay of AWS's, times the delay factor. */
    public Duration scaled(Duration delay) {
        return Duration.ofNanos(Math.round(delay.toNanos() * delayFactor));
    }

    /**
     * An ARN in the endpoint's region and account.
     *
     * @param resource what follows the account, such as {@code table/trades}
     */
    public String arn(String service, String resource) {
        return "arn:aws:%s:%s:%s:%s".formatted(service, region, accountId, resource);
    }
}
