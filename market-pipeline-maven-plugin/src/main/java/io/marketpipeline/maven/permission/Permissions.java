package io.marketpipeline.maven.permission;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.template.ArtifactBucketTemplate;
import io.marketpipeline.maven.template.CodeArtifact;
import io.marketpipeline.maven.template.PipelineTemplate;
import io.marketpipeline.maven.template.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The IAM policies that one pipeline's tasks need, and nothing more: the calls that the goals make, and for deploying what
 * CloudFormation does with the caller's credentials. Resources are narrowed to the pipeline's names. Immutable.
 */
public final class Permissions {
    /** Characters of a managed policy, blanks not counted (IAM user guide, "IAM and AWS STS quotas"). */
    public static final int MAX_MANAGED_POLICY = 6_144;

    private static final String ALL = "*";

    /** Actions whose names aren't the calls', from the Service Authorization Reference. */
    private static final Map<String, List<String>> ACTIONS = Map.of(
            "dynamodb:BatchExecuteStatement", List.of("dynamodb:PartiQLInsert"),
            "lambda:Invoke", List.of("lambda:InvokeFunction"),
            "s3:HeadBucket", List.of("s3:ListBucket"),
            "s3:HeadObject", List.of("s3:GetObject"),
            "sqs:ChangeMessageVisibilityBatch", List.of("sqs:ChangeMessageVisibility"),
            "sqs:DeleteMessageBatch", List.of("sqs:DeleteMessage"),
            "sqs:SendMessageBatch", List.of("sqs:SendMessage"),
            "sts:GetCallerIdentity", List.of());

    /** Actions that know no resource, or for which a name isn't enough, from the same reference. */
    private static final Set<String> WITHOUT_RESOURCE = Set.of(
            "cloudformation:DescribeStackDriftDetectionStatus",
            "cloudformation:ListStacks",
            "cloudformation:ValidateTemplate",
            "cloudwatch:DescribeAlarms",
            "cloudwatch:GetMetricData",
            "cloudwatch:GetMetricStatistics",
            "cloudwatch:ListMetrics",
            "events:ListArchives",
            "events:ListReplays",
            "events:ListRules",
            "kms:CreateKey",
            "kms:ListAliases",
            "lambda:CreateEventSourceMapping",
            "lambda:ListEventSourceMappings",
            "logs:DescribeLogGroups");

    private final PipelineConfig config;
    private final Template template;
    private final Arns arns;
    private final GoalCalls goalCalls = GoalCalls.read();
    private final Handlers handlers = Handlers.read();

    /** The permissions of the configuration's pipeline. */
    public Permissions(PipelineConfig config) {
        this.config = config;
        this.template = PipelineTemplate.of(config, CodeArtifact.UNKNOWN);
        this.arns = new Arns(config, template);
    }

    /** Goals that a task's policy is for. */
    public Set<String> goals(Task task) {
        return goalCalls.goals(task);
    }

    /**
     * Policy documents of a task, each short enough for a managed policy; more than one only where one would be too long.
     */
    public List<String> documents(Task task) {
        Map<Scope, Set<String>> granted = new LinkedHashMap<>();
        goalCalls.calls(task).forEach(call -> grantCall(call, granted));
        if (task != Task.DEPLOY) {
            // Tables and queue ask KMS in the name of who reads or writes them.
            List.of("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey")
                    .forEach(action -> grantKey(action, granted));
        }
        if (task == Task.DEPLOY) {
            types().forEach(type -> handlers.granted(type).forEach(action -> grantHandler(type, action, granted)));
            // A template too long for a request is read from the bucket by whoever asks for the change set.
            grant(new Scope(List.of(arns.bucketObjects()), ""), "s3:GetObject", granted);
        }
        return split(granted);
    }

    private Set<String> types() {
        Set<String> types = new TreeSet<>(template.resourceTypes().values());
        types.addAll(ArtifactBucketTemplate.of("000000000000", config.region(), Map.of())
                .resourceTypes()
                .values());
        return types;
    }

    private void grantCall(String call, Map<Scope, Set<String>> granted) {
        ACTIONS.getOrDefault(call, List.of(call))
                .forEach(action -> grant(new Scope(arns.ofCall(call), ""), action, granted));
    }

    private void grantHandler(String type, String action, Map<Scope, Set<String>> granted) {
        boolean keyOfOthers = action.startsWith("kms:") && !type.startsWith("AWS::KMS::");
        if (action.equals("iam:PassRole")) {
            grant(new Scope(arns.ofType("AWS::IAM::Role"), "lambda.amazonaws.com"), action, granted);
        } else if (action.startsWith("s3:") && type.startsWith("AWS::Lambda::")) {
            grant(new Scope(List.of(arns.bucketObjects()), ""), action, granted);
        } else if (!keyOfOthers) {
            grant(new Scope(arns.ofType(type), ""), action, granted);
        } else {
            grantKey(action, granted);
        }
    }

    /** Where a customer's key encrypts: the one that is named, or the stack's, whose id nobody knows beforehand. */
    private void grantKey(String action, Map<Scope, Set<String>> granted) {
        List<String> keys = config.tables()
                .keyArn()
                .map(List::of)
                .orElse(types().contains("AWS::KMS::Key") ? arns.ofType("AWS::KMS::Key") : List.of());
        if (!keys.isEmpty()) {
            grant(new Scope(keys, ""), action, granted);
        }
    }

    private static void grant(Scope scope, String action, Map<Scope, Set<String>> granted) {
        Scope where = WITHOUT_RESOURCE.contains(action) ? new Scope(List.of(ALL), "") : scope;
        granted.computeIfAbsent(where, key -> new TreeSet<>()).add(action);
    }

    private static List<String> split(Map<Scope, Set<String>> granted) {
        Map<String, ObjectNode> statements = new TreeMap<>();
        granted.forEach((scope, actions) -> {
            ObjectNode statement = statement(scope, actions);
            statements.put(actions.iterator().next() + statement, statement);
        });
        List<String> documents = new ArrayList<>();
        ObjectNode open = document(List.of());
        for (ObjectNode statement : statements.values()) {
            ObjectNode longer = open.deepCopy();
            longer.withArray("Statement").add(statement);
            if (length(longer) > MAX_MANAGED_POLICY) {
                documents.add(open.toPrettyString());
                longer = document(List.of(statement));
            }
            open = longer;
        }
        documents.add(open.toPrettyString());
        return documents;
    }

    static int length(ObjectNode document) {
        return document.toString().replace(" ", "").length();
    }

    private static ObjectNode document(Collection<ObjectNode> statements) {
        ObjectNode document = new ObjectMapper().createObjectNode().put("Version", "2012-10-17");
        document.putArray("Statement").addAll(statements);
        return document;
    }

    private static ObjectNode statement(Scope scope, Set<String> actions) {
        ObjectNode statement = new ObjectMapper().createObjectNode().put("Effect", "Allow");
        ArrayNode list = statement.putArray("Action");
        actions.forEach(list::add);
        ArrayNode resources = statement.putArray("Resource");
        scope.resources().forEach(resources::add);
        if (!scope.passedTo().isEmpty()) {
            statement.putObject("Condition").putObject("StringEquals").put("iam:PassedToService", scope.passedTo());
        }
        return statement;
    }

    /**
     * Where actions are allowed.
     *
     * @param passedTo the only service that a role may be passed to; empty where none is passed
     */
    private record Scope(List<String> resources, String passedTo) {}
}
