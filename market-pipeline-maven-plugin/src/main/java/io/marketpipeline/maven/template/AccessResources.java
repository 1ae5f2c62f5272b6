package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.Access;
import io.marketpipeline.maven.config.PipelineConfig;
import java.util.ArrayList;
import java.util.List;

/** What the function may do, and a policy for those who read. */
final class AccessResources {
    /** A batch is statements, which insert and never overwrite. */
    private static final String INSERT = "dynamodb:PartiQLInsert";

    private static final List<String> LEAST = List.of(INSERT, "dynamodb:PutItem");
    private static final List<String> ORIGINAL =
            List.of("dynamodb:GetItem", INSERT, "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem");
    private static final List<String> READ =
            List.of("dynamodb:BatchGetItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query");

    private final PipelineConfig config;
    private final Encryption encryption;
    private final Tags tags;

    AccessResources(PipelineConfig config, Encryption encryption, Tags tags) {
        this.config = config;
        this.encryption = encryption;
        this.tags = tags;
    }

    List<Resource> resources() {
        return List.of(role(), readerPolicy());
    }

    private Resource role() {
        String name = config.names().functionRole();
        Properties trust = Properties.of("Effect", "Allow")
                .with("Principal", Properties.of("Service", "lambda.amazonaws.com"))
                .with("Action", "sts:AssumeRole");
        return new Resource(
                LogicalIds.ROLE,
                "AWS::IAM::Role",
                Properties.of("RoleName", name)
                        .with(
                                "Description",
                                "What the function of " + config.names().stack() + " may do")
                        .with("AssumeRolePolicyDocument", Policies.document(List.of(trust)))
                        .with("Policies", policies())
                        .with("Tags", tags.named(name)));
    }

    private List<Properties> policies() {
        boolean original = config.access() == Access.ORIGINAL;
        List<Properties> policies = new ArrayList<>();
        policies.add(policy(
                "lambda-dynamodb-policy",
                Policies.allow(
                        original ? "ReadAndWriteTables" : "PutRowsAndRecords",
                        original ? ORIGINAL : LEAST,
                        original ? tablesAndIndexes() : tables())));
        List<String> logging = new ArrayList<>(List.of("logs:CreateLogStream", "logs:PutLogEvents"));
        if (original) {
            logging.add(0, "logs:CreateLogGroup");
        }
        // The attribute ends with ":*", which covers the group's streams and nothing else.
        policies.add(policy(
                "lambda-logging-policy", Policies.allow("WriteLog", logging, Intrinsic.arn(LogicalIds.LOG_GROUP))));
        policies.add(policy(
                "lambda-dlq-policy",
                Policies.allow("SendDeadLetters", List.of("sqs:SendMessage"), Intrinsic.arn(LogicalIds.QUEUE))));
        if (config.delivery().hasQueue()) {
            policies.add(policy(
                    "lambda-queue-policy",
                    Policies.allow(
                            "TakeEvents",
                            List.of("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"),
                            Intrinsic.arn(LogicalIds.BUFFER))));
        }
        encryption
                .use(
                        "UseKey",
                        List.of("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"),
                        List.of("dynamodb", "lambda", "sqs"))
                .ifPresent(use -> policies.add(policy("lambda-key-policy", use)));
        if (config.function().tracing()) {
            // X-Ray knows no resources (Service authorization reference, "AWS X-Ray").
            policies.add(policy(
                    "lambda-tracing-policy",
                    Policies.allow("SendTraces", List.of("xray:PutTelemetryRecords", "xray:PutTraceSegments"), "*")));
        }
        return policies;
    }

    private Resource readerPolicy() {
        List<Properties> statements = new ArrayList<>();
        statements.add(Policies.allow("ReadRowsAndRecords", READ, tablesAndIndexes()));
        encryption
                .use("UseKey", List.of("kms:Decrypt", "kms:DescribeKey"), List.of("dynamodb"))
                .ifPresent(statements::add);
        return new Resource(
                LogicalIds.READER_POLICY,
                "AWS::IAM::ManagedPolicy",
                Properties.of("ManagedPolicyName", config.names().readerPolicy())
                        .with(
                                "Description",
                                "Reads rows and audit records of "
                                        + config.names().stack())
                        .with("PolicyDocument", Policies.document(statements)));
    }

    private Properties policy(String name, Properties statement) {
        return Properties.of("PolicyName", name + "-" + config.environment())
                .with("PolicyDocument", Policies.document(List.of(statement)));
    }

    private static List<Intrinsic> tables() {
        return List.of(Intrinsic.arn(LogicalIds.MARKET_DATA_TABLE), Intrinsic.arn(LogicalIds.AUDIT_TRAIL_TABLE));
    }

    private static List<Intrinsic> tablesAndIndexes() {
        List<Intrinsic> all = new ArrayList<>(tables());
        all.add(Intrinsic.sub("${" + LogicalIds.MARKET_DATA_TABLE + ".Arn}/index/*"));
        all.add(Intrinsic.sub("${" + LogicalIds.AUDIT_TRAIL_TABLE + ".Arn}/index/*"));
        return all;
    }
}
