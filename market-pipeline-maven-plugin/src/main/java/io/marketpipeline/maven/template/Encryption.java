package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.TablesConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The customer's key, where there is one, and who may use it. */
final class Encryption {
    private final PipelineConfig config;

    Encryption(PipelineConfig config) {
        this.config = config;
    }

    boolean byCustomerKey() {
        return config.tables().encryption() == TablesConfig.Encryption.CUSTOMER;
    }

    /** ARN of the customer's key; empty where AWS's keys encrypt. */
    Optional<Object> keyArn() {
        if (!byCustomerKey()) {
            return Optional.empty();
        }
        Optional<String> own = config.tables().keyArn();
        return Optional.of(own.isPresent() ? own.get() : Intrinsic.arn(LogicalIds.KEY));
    }

    /** A statement that lets a role use the key through the services that hold its data. */
    Optional<Properties> use(String sid, List<String> actions, List<String> services) {
        List<Intrinsic> via = new ArrayList<>();
        services.forEach(service -> via.add(Intrinsic.sub(service + ".${AWS::Region}.${AWS::URLSuffix}")));
        return keyArn().map(key -> Policies.allow(sid, actions, key)
                .with("Condition", Properties.of("StringEquals", Properties.of("kms:ViaService", via))));
    }

    /** The key and its alias where the stack makes them, else nothing. */
    List<Resource> resources(Tags tags) {
        if (!byCustomerKey() || config.tables().keyArn().isPresent()) {
            return List.of();
        }
        String name = config.names().stack();
        Resource key = new Resource(
                        LogicalIds.KEY,
                        "AWS::KMS::Key",
                        Properties.of("Description", "Encrypts the data of " + name)
                                .with("EnableKeyRotation", true)
                                .with("PendingWindowInDays", 30)
                                .with("KeyPolicy", Policies.document(keyPolicy()))
                                .with("Tags", tags.named(name)))
                .holdingData(config.tables().retain());
        Resource alias = new Resource(
                "DataKeyAlias",
                "AWS::KMS::Alias",
                Properties.of("AliasName", "alias/" + name).with("TargetKeyId", Intrinsic.ref(LogicalIds.KEY)));
        return List.of(key, alias);
    }

    private List<Properties> keyPolicy() {
        String logGroupArn = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:"
                + config.names().logGroup();
        List<Properties> statements = new ArrayList<>();
        statements.add(Properties.of("Sid", "AccountAdministers")
                .with("Effect", "Allow")
                .with(
                        "Principal",
                        Properties.of("AWS", Intrinsic.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")))
                .with("Action", "kms:*")
                .with("Resource", "*"));
        // No aws:SourceArn: EventBridge doesn't send it to KMS; the queue's own policy names the rules.
        statements.add(Policies.allowService(
                "EventBridgeSendsDeadLetters",
                "events.amazonaws.com",
                List.of("kms:Decrypt", "kms:GenerateDataKey"),
                "*"));
        statements.add(Policies.allowService(
                        "LogGroup",
                        Intrinsic.sub("logs.${AWS::Region}.${AWS::URLSuffix}"),
                        List.of(
                                "kms:Decrypt",
                                "kms:DescribeKey",
                                "kms:Encrypt",
                                "kms:GenerateDataKey*",
                                "kms:ReEncrypt*"),
                        "*")
                .with(
                        "Condition",
                        Properties.of(
                                "ArnEquals",
                                Properties.of("kms:EncryptionContext:aws:logs:arn", Intrinsic.sub(logGroupArn)))));
        if (config.alarms().topic().create()) {
            statements.add(Policies.allowService(
                    "AlarmsPublish", "cloudwatch.amazonaws.com", List.of("kms:Decrypt", "kms:GenerateDataKey*"), "*"));
        }
        return statements;
    }
}
