package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.schema.StackOutputs;

/** The template of one environment's stack. */
public final class PipelineTemplate {
    /** Parameter: name of the bucket that holds the function's zip under {@link CodeArtifact#key()}. */
    public static final String ARTIFACT_BUCKET_PARAMETER = "ArtifactBucket";

    /** Name of the alias that the rules invoke. */
    public static final String ALIAS_NAME = FunctionResources.ALIAS_NAME;

    /** What that alias says of itself while it points where the template says. */
    public static final String ALIAS_DESCRIPTION = FunctionResources.ALIAS_DESCRIPTION;

    private PipelineTemplate() {}

    /** The same configuration and code give the same template. */
    public static Template of(PipelineConfig config, CodeArtifact code) {
        Tags tags = new Tags(config.tags());
        Encryption encryption = new Encryption(config);
        Template.Builder template = new Template.Builder(
                        "Market-event pipeline " + config.names().stack())
                .parameter(
                        ARTIFACT_BUCKET_PARAMETER,
                        Properties.of("Type", "String").with("Description", "Bucket that holds the function's zip"))
                .addAll(encryption.resources(tags))
                .addAll(new StorageResources(config, encryption, tags).resources())
                .addAll(new QueueResources(config, encryption, tags).resources())
                .addAll(new AccessResources(config, encryption, tags).resources())
                .addAll(new FunctionResources(config, code, encryption, tags).resources())
                .addAll(new BufferResources(config, encryption, tags).resources())
                .addAll(new BusResources(config, tags).resources())
                .addAll(new AlarmResources(config, encryption, tags).resources())
                .add(new DashboardResource(config).resource());
        addOutputs(template, config);
        return template.build();
    }

    private static void addOutputs(Template.Builder template, PipelineConfig config) {
        template.output(StackOutputs.EVENT_BUS_NAME, "Bus that takes events", Intrinsic.ref(LogicalIds.EVENT_BUS))
                .output(StackOutputs.EVENT_BUS_ARN, "ARN of the bus", Intrinsic.arn(LogicalIds.EVENT_BUS))
                .output(StackOutputs.FUNCTION_NAME, "Function that stores events", Intrinsic.ref(LogicalIds.FUNCTION))
                .output(StackOutputs.FUNCTION_ARN, "ARN of the function", Intrinsic.arn(LogicalIds.FUNCTION))
                .output(StackOutputs.FUNCTION_ALIAS_ARN, "ARN of the live alias", Intrinsic.ref(LogicalIds.ALIAS))
                .output(
                        StackOutputs.MARKET_DATA_TABLE_NAME,
                        "Table of rows",
                        Intrinsic.ref(LogicalIds.MARKET_DATA_TABLE))
                .output(
                        StackOutputs.MARKET_DATA_TABLE_ARN,
                        "ARN of the table of rows",
                        Intrinsic.arn(LogicalIds.MARKET_DATA_TABLE))
                .output(
                        StackOutputs.AUDIT_TRAIL_TABLE_NAME,
                        "Table of audit records",
                        Intrinsic.ref(LogicalIds.AUDIT_TRAIL_TABLE))
                .output(
                        StackOutputs.AUDIT_TRAIL_TABLE_ARN,
                        "ARN of the table of audit records",
                        Intrinsic.arn(LogicalIds.AUDIT_TRAIL_TABLE))
                .output(
                        StackOutputs.DEAD_LETTER_QUEUE_URL,
                        "URL of the dead-letter queue",
                        Intrinsic.ref(LogicalIds.QUEUE))
                .output(
                        StackOutputs.DEAD_LETTER_QUEUE_ARN,
                        "ARN of the dead-letter queue",
                        Intrinsic.arn(LogicalIds.QUEUE))
                .output(StackOutputs.LOG_GROUP_NAME, "Log group of the function", Intrinsic.ref(LogicalIds.LOG_GROUP));
        if (config.delivery().hasQueue()) {
            template.output(
                            StackOutputs.EVENT_QUEUE_URL,
                            "URL of the queue that events wait in",
                            Intrinsic.ref(LogicalIds.BUFFER))
                    .output(
                            StackOutputs.EVENT_QUEUE_ARN,
                            "ARN of the queue that events wait in",
                            Intrinsic.arn(LogicalIds.BUFFER));
        }
        config.rules()
                .forEach(rule -> template.output(
                        LogicalIds.rule(rule.name()) + "Arn",
                        "ARN of rule " + rule.name(),
                        Intrinsic.arn(LogicalIds.rule(rule.name()))));
        if (config.archive().enabled()) {
            template.output(StackOutputs.ARCHIVE_ARN, "ARN of the archive", Intrinsic.arn(LogicalIds.ARCHIVE));
        }
        template.output(
                StackOutputs.READER_POLICY_ARN,
                "Policy that lets a role read rows and records",
                Intrinsic.ref(LogicalIds.READER_POLICY));
    }
}
