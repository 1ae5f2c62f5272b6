package io.marketpipeline.local;

import io.marketpipeline.local.cloudformation.CloudFormation;
import io.marketpipeline.local.events.EventsService;
import io.marketpipeline.local.function.LambdaService;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.ServiceDirectory;
import io.marketpipeline.local.identity.IdentityService;
import io.marketpipeline.local.identity.TokenService;
import io.marketpipeline.local.keys.Keys;
import io.marketpipeline.local.logs.LogsService;
import io.marketpipeline.local.monitoring.Monitoring;
import io.marketpipeline.local.notifications.Notifications;
import io.marketpipeline.local.queues.Queues;
import io.marketpipeline.local.storage.Storage;
import io.marketpipeline.local.tables.Tables;
import java.util.concurrent.CompletableFuture;

/** The one place that knows all services: each is made here by its constructor, and nothing is discovered. */
final class LocalServices {
    private LocalServices() {}

    /**
     * Makes the services and adds them. One that fails to start leaves those before it in the directory, to be closed with it.
     *
     * @param services where they are added; also how they call each other, once all are made, so not in a constructor
     * @param settings what a service may know of the endpoint
     */
    static void addTo(ServiceDirectory services, EndpointSettings settings) {
        CompletableFuture<Queues> queues = CompletableFuture.supplyAsync(() -> new Queues(settings));
        try {
            services.add(new Tables(settings));
        } finally {
            services.add(queues.join());
        }
        services.add(new Storage(settings.region()));
        services.add(new TokenService());
        services.add(new IdentityService(settings.accountId()));
        services.add(new Keys(settings));
        services.add(new Notifications(settings, services));
        services.add(new Monitoring(settings, services));
        services.add(new LogsService(settings, services));
        services.add(LambdaService.create(settings, services));
        services.add(new EventsService(settings, services));
        services.add(new CloudFormation(settings, services));
    }
}
