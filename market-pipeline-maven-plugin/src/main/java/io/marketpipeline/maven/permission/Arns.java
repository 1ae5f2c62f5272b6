package io.marketpipeline.maven.permission;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.template.ArtifactBucketTemplate;
import io.marketpipeline.maven.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** ARNs of what one pipeline is made of, as far as names tell them. */
final class Arns {
    private static final String ALL = "*";
    private static final Map<String, String> NAMED_BY = Map.ofEntries(
            Map.entry("AWS::CloudWatch::Alarm", "AlarmName"),
            Map.entry("AWS::CloudWatch::Dashboard", "DashboardName"),
            Map.entry("AWS::DynamoDB::Table", "TableName"),
            Map.entry("AWS::Events::Archive", "ArchiveName"),
            Map.entry("AWS::Events::EventBus", "Name"),
            Map.entry("AWS::Events::Rule", "Name"),
            Map.entry("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
            Map.entry("AWS::IAM::Role", "RoleName"),
            Map.entry("AWS::Lambda::Function", "FunctionName"),
            Map.entry("AWS::Logs::LogGroup", "LogGroupName"),
            Map.entry("AWS::SNS::Topic", "TopicName"),
            Map.entry("AWS::SQS::Queue", "QueueName"));

    /** Calls by which goals make and delete what they need for a while, never what the stack is made of. */
    private static final Set<String> FOR_A_WHILE = Set.of(
            "events:DeleteRule",
            "events:PutRule",
            "events:PutTargets",
            "events:RemoveTargets",
            "sqs:CreateQueue",
            "sqs:DeleteQueue");

    private final PipelineConfig config;
    private final Template template;
    private final String account;

    /** ARNs of the configuration's account; of any where it names none. */
    Arns(PipelineConfig config, Template template) {
        this.config = config;
        this.template = template;
        this.account = config.accountId().orElse(ALL);
    }

    /** What the handlers of a type touch. */
    List<String> ofType(String type) {
        return switch (type) {
            case "AWS::CloudWatch::Alarm" ->
                List.of(arn("cloudwatch", "alarm:" + config.names().alarm(ALL)));
            case "AWS::CloudWatch::Dashboard" ->
                names(type)
                        .map(name -> global("cloudwatch", "dashboard/" + name))
                        .list();
            case "AWS::DynamoDB::Table" ->
                names(type).map(name -> arn("dynamodb", "table/" + name)).list();
            case "AWS::Events::Archive" ->
                names(type).map(name -> arn("events", "archive/" + name)).list();
            case "AWS::Events::EventBus" ->
                names(type).map(name -> arn("events", "event-bus/" + name)).list();
            case "AWS::Events::Rule" ->
                names(type)
                        .map(name -> arn("events", "rule/" + config.names().eventBus() + "/" + name))
                        .list();
            case "AWS::IAM::ManagedPolicy" ->
                names(type).map(name -> global("iam", "policy/" + name)).list();
            case "AWS::IAM::Role" ->
                names(type).map(name -> global("iam", "role/" + name)).list();
            case "AWS::KMS::Alias", "AWS::KMS::Key" ->
                List.of(arn("kms", "alias/" + config.names().stack()), arn("kms", "key/*"));
            case "AWS::Lambda::Function",
                    "AWS::Lambda::Alias",
                    "AWS::Lambda::EventInvokeConfig",
                    "AWS::Lambda::Permission",
                    "AWS::Lambda::Version" -> functions();
            case "AWS::Logs::LogGroup" ->
                names(type).map(name -> arn("logs", "log-group:" + name + ALL)).list();
            case "AWS::S3::Bucket", "AWS::S3::BucketPolicy" -> List.of(bucket());
            case "AWS::SNS::Topic", "AWS::SNS::TopicPolicy" ->
                new Names(template.names("AWS::SNS::Topic", "TopicName"))
                        .map(name -> arn("sns", name))
                        .list();
            case "AWS::SQS::Queue", "AWS::SQS::QueuePolicy" -> queues();
            default -> List.of(ALL);
        };
    }

    /** What a call of the plugin's own touches; {@code call} is {@code service:Operation}. */
    List<String> ofCall(String call) {
        if (FOR_A_WHILE.contains(call)) {
            return call.startsWith("sqs:") ? List.of(queueForAWhile()) : List.of(ruleForAWhile());
        }
        String service = call.substring(0, call.indexOf(':'));
        return switch (service) {
            case "cloudformation" -> stacks();
            case "dynamodb" -> tablesAndIndexes();
            case "events" -> {
                List<String> all = new ArrayList<>(ofType("AWS::Events::EventBus"));
                all.addAll(ofType("AWS::Events::Rule"));
                all.addAll(ofType("AWS::Events::Archive"));
                all.add(arn("events", "replay/" + config.names().replays() + ALL));
                all.add(arn("events", "replay/" + config.names().reconciliations() + ALL));
                yield all;
            }
            case "iam" -> ofType("AWS::IAM::Role");
            case "lambda" -> functions();
            case "logs" -> ofType("AWS::Logs::LogGroup");
            case "s3" -> List.of(bucket(), bucket() + "/*");
            case "sqs" -> {
                List<String> all = new ArrayList<>(queues());
                all.add(queueForAWhile());
                yield all;
            }
            default -> List.of(ALL);
        };
    }

    private String queueForAWhile() {
        return arn("sqs", config.names().reconciliations() + ALL);
    }

    private String ruleForAWhile() {
        return arn(
                "events",
                "rule/" + config.names().eventBus() + "/" + config.names().reconciliations() + ALL);
    }

    List<String> stacks() {
        return List.of(
                arn("cloudformation", "stack/" + config.names().stack() + "/*"),
                arn("cloudformation", "stack/" + ArtifactBucketTemplate.STACK_NAME + "/*"));
    }

    String bucketObjects() {
        return bucket() + "/*";
    }

    private List<String> functions() {
        List<String> all = new ArrayList<>();
        names("AWS::Lambda::Function").list().forEach(name -> {
            all.add(arn("lambda", "function:" + name));
            all.add(arn("lambda", "function:" + name + ":*"));
        });
        return all;
    }

    private List<String> queues() {
        return names("AWS::SQS::Queue").map(name -> arn("sqs", name)).list();
    }

    private List<String> tablesAndIndexes() {
        List<String> all = new ArrayList<>();
        ofType("AWS::DynamoDB::Table").forEach(table -> {
            all.add(table);
            all.add(table + "/index/*");
        });
        return all;
    }

    private String bucket() {
        return "arn:aws:s3:::" + ArtifactBucketTemplate.bucketName(account, config.region());
    }

    private String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + config.region() + ":" + account + ":" + resource;
    }

    private String global(String service, String resource) {
        return "arn:aws:" + service + "::" + account + ":" + resource;
    }

    private Names names(String type) {
        return new Names(template.names(type, NAMED_BY.getOrDefault(type, "")));
    }

    /** Names on their way to ARNs. */
    private record Names(List<String> list) {
        Names map(UnaryOperator<String> to) {
            return new Names(list.stream().map(to).toList());
        }
    }
}
