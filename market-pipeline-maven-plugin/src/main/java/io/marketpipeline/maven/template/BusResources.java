package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.RuleConfig;
import java.util.ArrayList;
import java.util.List;

/** The bus, its archive and its rules. */
final class BusResources {
    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
    private static final int LONGEST_DESCRIPTION = 512;

    private final PipelineConfig config;
    private final Tags tags;

    BusResources(PipelineConfig config, Tags tags) {
        this.config = config;
        this.tags = tags;
    }

    List<Resource> resources() {
        List<Resource> resources = new ArrayList<>();
        String name = config.names().eventBus();
        resources.add(new Resource(
                LogicalIds.EVENT_BUS,
                "AWS::Events::EventBus",
                Properties.of("Name", name)
                        .with("Description", "Takes market events from publishers")
                        .with("Tags", tags.named(name))));
        if (config.archive().enabled()) {
            resources.add(new Resource(
                    LogicalIds.ARCHIVE,
                    "AWS::Events::Archive",
                    Properties.of("ArchiveName", config.names().archive())
                            .with("Description", "Keeps every event of the bus for replay")
                            .with("SourceArn", Intrinsic.arn(LogicalIds.EVENT_BUS))
                            .with("RetentionDays", config.archive().retentionDays())));
        }
        config.rules().forEach(rule -> resources.add(rule(rule)));
        return resources;
    }

    /**
     * ARN of a rule from its name. A reference would close a circle, since queue policy and permissions, which a rule
     * needs from its first event on, name the rule.
     */
    static Intrinsic ruleArn(PipelineConfig config, RuleConfig rule) {
        return Intrinsic.sub("arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/${"
                + LogicalIds.EVENT_BUS + "}/" + config.names().rule(rule.name()));
    }

    /** The Terraform original's, so that taking its rules over replaces their targets and adds none. */
    static String targetId(RuleConfig rule) {
        return RuleConfig.shortName(rule.name()) + "-lambda-target";
    }

    private Resource rule(RuleConfig rule) {
        String name = config.names().rule(rule.name());
        List<String> detailTypes = List.copyOf(rule.detailTypes().keySet());
        boolean direct = config.delivery().isDirect();
        // One id in both modes: an update then swaps the target in one step, in which no event is lost or sent twice.
        Properties target = Properties.of("Id", targetId(rule))
                .with("Arn", direct ? Intrinsic.ref(LogicalIds.ALIAS) : Intrinsic.arn(LogicalIds.BUFFER))
                .with(
                        "RetryPolicy",
                        Properties.of(
                                        "MaximumEventAgeInSeconds",
                                        Math.toIntExact(config.retry().maxAge().toSeconds()))
                                .with("MaximumRetryAttempts", config.retry().attempts()))
                .with("DeadLetterConfig", Properties.of("Arn", Intrinsic.arn(LogicalIds.QUEUE)));
        Properties properties = Properties.of("Name", name)
                .with("Description", description(detailTypes))
                .with("EventBusName", Intrinsic.ref(LogicalIds.EVENT_BUS))
                .with("EventPattern", Properties.of("source", config.sources()).with("detail-type", detailTypes))
                .with("State", "ENABLED")
                .with("Targets", List.of(target))
                .with("Tags", tags.named(name));
        Resource resource = new Resource(LogicalIds.rule(rule.name()), "AWS::Events::Rule", properties)
                .after(LogicalIds.QUEUE_POLICY);
        return direct
                ? resource.after(LogicalIds.permission(rule.name()))
                : resource.after(LogicalIds.BUFFER_POLICY, LogicalIds.MAPPING);
    }

    /** Names the detail types, or where EventBridge would refuse that many words counts them: the pattern has the names. */
    private static String description(List<String> detailTypes) {
        String named = "Hands " + String.join(", ", detailTypes) + " to the function";
        return named.length() <= LONGEST_DESCRIPTION
                ? named
                : "Hands events of " + detailTypes.size() + " detail types to the function";
    }
}
