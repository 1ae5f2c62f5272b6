package io.marketpipeline.local;

import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.util.List;

/** The one place that knows all services: each is made here by its constructor, and nothing is discovered. */
final class LocalServices {
    private LocalServices() {}

    /**
     * Makes the services.
     *
     * @param settings what a service may know of the endpoint
     * @param calls how a service calls the others; usable once all are made, so not in a constructor
     */
    static List<AwsService> create(EndpointSettings settings, ServiceCalls calls) {
        return List.of();
    }
}
