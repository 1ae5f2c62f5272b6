package io.marketpipeline.local.events;

import java.util.List;
import java.util.Set;

/** What happens to an event that a bus accepted: archives keep it, rules that match hand it to their targets. */
final class EventRouter {
    private final EventCatalog catalog;
    private final Delivery delivery;
    private final EventMetrics metrics;

    EventRouter(EventCatalog catalog, Delivery delivery, EventMetrics metrics) {
        this.catalog = catalog;
        this.delivery = delivery;
        this.metrics = metrics;
    }

    /** Routes a new event. */
    void route(EventBus bus, BusEvent event) {
        String envelope = event.envelope();
        for (Archive archive : catalog.archives().values()) {
            if (archive.bus() == bus) {
                archive.offer(event, envelope);
            }
        }
        deliver(bus, bus.matching(envelope), event);
    }

    /**
     * Routes an event out of an archive, which isn't kept again.
     *
     * @param ruleArns the rules that may have it; empty for all
     */
    void replay(EventBus bus, BusEvent event, Set<String> ruleArns) {
        List<Rule> rules = bus.matching(event.envelope());
        deliver(
                bus,
                rules.stream()
                        .filter(rule -> ruleArns.isEmpty() || ruleArns.contains(rule.arn()))
                        .toList(),
                event);
    }

    private void deliver(EventBus bus, List<Rule> rules, BusEvent event) {
        if (!rules.isEmpty()) {
            metrics.count("MatchedEvents");
        }
        for (Rule rule : rules) {
            metrics.count("TriggeredRules", bus, rule);
            for (Target target : rule.targets()) {
                delivery.deliver(bus, rule, target, event);
            }
        }
    }
}
