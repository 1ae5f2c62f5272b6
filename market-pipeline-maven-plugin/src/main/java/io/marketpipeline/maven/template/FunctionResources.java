package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.FunctionConfig;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.RuleConfig;
import io.marketpipeline.text.Sha256Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The function with its log group, versions, alias and who may invoke it. */
final class FunctionResources {
    static final String ALIAS_NAME = "live";
    static final String ALIAS_DESCRIPTION = "What the rules invoke";

    private static final int VERSION_HASH_DIGITS = 16;
    private static final Set<String> NOT_VERSIONED = Set.of("ReservedConcurrentExecutions", "Tags");

    private final PipelineConfig config;
    private final CodeArtifact code;
    private final Encryption encryption;
    private final Tags tags;

    FunctionResources(PipelineConfig config, CodeArtifact code, Encryption encryption, Tags tags) {
        this.config = config;
        this.code = code;
        this.encryption = encryption;
        this.tags = tags;
    }

    List<Resource> resources() {
        Resource function = function();
        String versionId = versionId(function);
        List<Resource> resources =
                new ArrayList<>(List.of(logGroup(), function, version(versionId), alias(versionId), invokeConfig()));
        if (config.delivery().isDirect()) {
            config.rules().forEach(rule -> resources.add(permission(rule)));
        }
        return resources;
    }

    private Resource logGroup() {
        Resource logGroup = new Resource(
                        LogicalIds.LOG_GROUP,
                        "AWS::Logs::LogGroup",
                        Properties.of("LogGroupName", config.names().logGroup())
                                .with("RetentionInDays", config.logs().retentionDays())
                                .with("KmsKeyId", encryption.keyArn())
                                .with("Tags", tags.named(config.names().alarm("logs"))))
                .retained(false);
        return encryption.byCustomerKey()
                ? logGroup
                : logGroup.skipping("CKV_AWS_158", "Encrypted with CloudWatch Logs' own key; holds ids, not prices");
    }

    private Resource function() {
        FunctionConfig function = config.function();
        Properties properties = Properties.of("FunctionName", config.names().function())
                .with("Description", "Stores market events and their audit trail")
                .with("Role", Intrinsic.arn(LogicalIds.ROLE))
                .with("Handler", function.handler())
                .with("Runtime", function.runtime().identifier())
                .with("Architectures", List.of(function.architecture().identifier()))
                .with("MemorySize", function.memory())
                .with("Timeout", Math.toIntExact(function.timeout().toSeconds()));
        function.reservedConcurrency().ifPresent(limit -> properties.with("ReservedConcurrentExecutions", limit));
        properties
                .with(
                        "Code",
                        Properties.of("S3Bucket", Intrinsic.ref(PipelineTemplate.ARTIFACT_BUCKET_PARAMETER))
                                .with("S3Key", code.key()))
                .with("Environment", Properties.of("Variables", new FunctionVariablesOf(config).variables()))
                .with("KmsKeyArn", encryption.keyArn())
                .with("DeadLetterConfig", Properties.of("TargetArn", Intrinsic.arn(LogicalIds.QUEUE)))
                .withIf(function.snapStart(), "SnapStart", Properties.of("ApplyOn", "PublishedVersions"))
                .with("TracingConfig", Properties.of("Mode", function.tracing() ? "Active" : "PassThrough"))
                // The handler writes JSON lines and filters levels itself; Lambda's JSON format would wrap them and
                // drop metric lines, which have no level.
                .with(
                        "LoggingConfig",
                        Properties.of("LogFormat", "Text").with("LogGroup", Intrinsic.ref(LogicalIds.LOG_GROUP)))
                .with("Tags", tags.named(config.names().function()));
        return suppressed(new Resource(LogicalIds.FUNCTION, "AWS::Lambda::Function", properties));
    }

    private Resource suppressed(Resource function) {
        function.skipping("CKV_AWS_117", "Talks to AWS services only; a VPC would add cost and nothing to protect");
        if (config.function().reservedConcurrency().isEmpty()) {
            function.skipping("CKV_AWS_115", "No limit wanted; <function><reservedConcurrency> sets one");
        }
        if (!encryption.byCustomerKey()) {
            function.skipping("CKV_AWS_173", "Variables hold names, no secrets; Lambda's own key encrypts them");
        }
        return function;
    }

    /**
     * A version is immutable, so what it is made of names it: a change makes a new one, and none no change. What isn't
     * part of a version must stay out, since Lambda refuses to publish what it has published already.
     */
    private String versionId(Resource function) {
        String content =
                code.sha256() + TemplateYaml.write(function.properties().without(NOT_VERSIONED));
        return "FunctionVersion" + Sha256Hex.of(content).substring(0, VERSION_HASH_DIGITS);
    }

    /** Retained, so that a rollback finds its predecessor; deploy removes the oldest. */
    private Resource version(String versionId) {
        return new Resource(
                        versionId,
                        "AWS::Lambda::Version",
                        Properties.of("FunctionName", Intrinsic.ref(LogicalIds.FUNCTION))
                                .with("Description", "Code " + code.sha256()))
                .retained(true);
    }

    private static Resource alias(String versionId) {
        return new Resource(
                LogicalIds.ALIAS,
                "AWS::Lambda::Alias",
                Properties.of("Name", ALIAS_NAME)
                        .with("Description", ALIAS_DESCRIPTION)
                        .with("FunctionName", Intrinsic.ref(LogicalIds.FUNCTION))
                        .with("FunctionVersion", Intrinsic.getAtt(versionId, "Version")));
    }

    private Resource invokeConfig() {
        return new Resource(
                        "FunctionInvokeConfig",
                        "AWS::Lambda::EventInvokeConfig",
                        Properties.of("FunctionName", Intrinsic.ref(LogicalIds.FUNCTION))
                                .with("Qualifier", ALIAS_NAME)
                                .with(
                                        "MaximumEventAgeInSeconds",
                                        Math.toIntExact(
                                                config.retry().functionMaxAge().toSeconds()))
                                .with("MaximumRetryAttempts", config.retry().functionAttempts()))
                .after(LogicalIds.ALIAS);
    }

    private Resource permission(RuleConfig rule) {
        return new Resource(
                LogicalIds.permission(rule.name()),
                "AWS::Lambda::Permission",
                Properties.of("Action", "lambda:InvokeFunction")
                        .with("FunctionName", Intrinsic.ref(LogicalIds.ALIAS))
                        .with("Principal", "events.amazonaws.com")
                        .with("SourceArn", BusResources.ruleArn(config, rule)));
    }
}
