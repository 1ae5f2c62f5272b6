package io.marketpipeline.maven.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.template.CodeArtifact;
import io.marketpipeline.maven.template.PipelineTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionsTest {
    /** Actions that IAM lets nobody narrow to a resource, and those on keys that have no name yet. */
    private static final String UNNARROWED = "(cloudwatch|xray):.*|cloudformation:(ListStacks|ValidateTemplate"
            + "|DescribeStackDriftDetectionStatus)|events:List(Archives|Replays|Rules)|kms:(CreateKey|ListAliases)"
            + "|lambda:.*EventSourceMapping.*|lambda:(ListTags|TagResource|UntagResource)|logs:DescribeLogGroups";

    @ParameterizedTest
    @EnumSource(Task.class)
    void documentsFitManagedPolicies(Task task) throws IOException {
        for (JsonNode document : documents(Configurations.prod(), task)) {
            assertThat(Permissions.length((ObjectNode) document)).isLessThanOrEqualTo(Permissions.MAX_MANAGED_POLICY);
        }
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void resourcesAreThePipelinesOwn(Task task) throws IOException {
        for (JsonNode statement : statements(Configurations.minimal(), task)) {
            List<String> actions = texts(statement.path("Action"));
            if (texts(statement.path("Resource")).contains("*")) {
                assertThat(actions).allMatch(action -> action.matches(UNNARROWED));
            } else {
                assertThat(texts(statement.path("Resource")))
                        .as(actions.toString())
                        .allMatch(
                                arn -> arn.matches(
                                        "arn:aws:.*(market-|audit-trail|trade-events|quote-events|reconcile-).*|arn:aws:kms:.*"));
            }
        }
    }

    @Test
    void deployMayPassTheFunctionsRoleToLambdaAlone() throws IOException {
        assertThat(statements(Configurations.minimal(), Task.DEPLOY))
                .filteredOn(statement -> texts(statement.path("Action")).contains("iam:PassRole"))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(texts(statement.path("Action"))).containsExactly("iam:PassRole");
                    assertThat(texts(statement.path("Resource")))
                            .containsExactly("arn:aws:iam::*:role/market-processor-lambda-role-dev");
                    assertThat(statement
                                    .path("Condition")
                                    .path("StringEquals")
                                    .path("iam:PassedToService")
                                    .asText())
                            .isEqualTo("lambda.amazonaws.com");
                });
    }

    @Test
    void readMayChangeNothing() throws IOException {
        assertThat(actions(Task.READ))
                .isNotEmpty()
                .allMatch(action -> action.matches(
                        "[a-z0-9]+:(Get|Describe|List|Query|Scan|BatchGet|Filter|Detect|Start(Query|LiveTail)).*"));
    }

    @Test
    void operateMayPublishAndReadFailedEvents() throws IOException {
        assertThat(actions(Task.OPERATE))
                .contains("events:PutEvents", "sqs:ReceiveMessage")
                .doesNotContain("cloudformation:CreateChangeSet", "iam:PassRole", "dynamodb:DeleteTable");
    }

    @Test
    void operateMayMakeAndDeleteOnlyWhatReconcileNeedsForAWhile() throws IOException {
        List<String> resources = new ArrayList<>();
        for (JsonNode statement : statements(Configurations.minimal(), Task.OPERATE)) {
            if (texts(statement.path("Action")).stream()
                    .anyMatch(action -> action.matches(".*:(Create|Delete|Put|Remove)(Queue|Rule|Targets)"))) {
                resources.addAll(texts(statement.path("Resource")));
            }
        }

        assertThat(resources)
                .containsExactlyInAnyOrder(
                        "arn:aws:events:us-east-1:*:rule/market-data-bus-dev/reconcile-dev-*",
                        "arn:aws:sqs:us-east-1:*:reconcile-dev-*");
    }

    @Test
    void deployMayMakeWhatTheTemplateHas() throws IOException {
        assertThat(actions(Task.DEPLOY))
                .contains(
                        "cloudformation:CreateChangeSet",
                        "dynamodb:CreateTable",
                        "events:PutTargets",
                        "iam:PutRolePolicy",
                        "lambda:PublishVersion",
                        "s3:PutObject",
                        "sqs:SetQueueAttributes")
                .doesNotContain("dynamodb:PutItem", "dynamodb:Query", "sns:CreateTopic", "kms:CreateKey");
    }

    @Test
    void taskWhenItIsAnotherWordNamesTheWords() {
        assertThat(Task.named("all")).containsExactly(Task.values());
        assertThatThrownBy(() -> Task.named("admin"))
                .hasMessage("-Dtask is 'admin', must be deploy, operate, read or all; example: -Dtask=read");
    }

    @Test
    void keyOfTheCustomerIsUsedByAllWhoTouchItsData() throws IOException {
        for (Task task : Task.values()) {
            assertThat(actions(Configurations.prod(), task)).contains("kms:Decrypt");
            assertThat(actions(Configurations.minimal(), task)).doesNotContain("kms:Decrypt");
        }
    }

    @Test
    void everyTypeOfTheTemplatesIsKnown() {
        Set<String> used = new TreeSet<>();
        Stream.of(Configurations.minimal(), Configurations.prod())
                .map(config -> PipelineTemplate.of(config, CodeArtifact.UNKNOWN))
                .forEach(template -> used.addAll(template.resourceTypes().values()));

        assertThat(Handlers.read().types()).containsAll(used);
    }

    private static Set<String> actions(Task task) throws IOException {
        return actions(Configurations.minimal(), task);
    }

    private static Set<String> actions(PipelineConfig config, Task task) throws IOException {
        Set<String> actions = new TreeSet<>();
        statements(config, task).forEach(statement -> actions.addAll(texts(statement.path("Action"))));
        return actions;
    }

    private static List<JsonNode> statements(PipelineConfig config, Task task) throws IOException {
        List<JsonNode> statements = new ArrayList<>();
        documents(config, task).forEach(document -> document.path("Statement").forEach(statements::add));
        return statements;
    }

    private static List<JsonNode> documents(PipelineConfig config, Task task) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        for (String document : new Permissions(config).documents(task)) {
            documents.add(new ObjectMapper().readTree(document));
        }
        return documents;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
