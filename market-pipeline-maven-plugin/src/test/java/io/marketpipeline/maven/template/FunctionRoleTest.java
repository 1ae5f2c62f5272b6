package io.marketpipeline.maven.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All that the function's role allows, and to what; nothing else. */
class FunctionRoleTest {
    /** The function's own calls; {@code FailurePathsIT} compares them with what real processes call. */
    private static final Set<String> OWN = Set.of("dynamodb:PartiQLInsert", "dynamodb:PutItem", "sqs:SendMessage");

    /** The platform's, by the role: Lambda developer guide, "Permissions for CloudWatch Logs". */
    private static final Set<String> LOG = Set.of("logs:CreateLogStream", "logs:PutLogEvents");

    /** The same, "Visualize Lambda function invocations using AWS X-Ray". */
    private static final Set<String> TRACES = Set.of("xray:PutTelemetryRecords", "xray:PutTraceSegments");

    /** The same, "Creating and configuring an Amazon SQS event source mapping". */
    private static final Set<String> QUEUE =
            Set.of("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage");

    /** For tables, variables and queues under a key of the customer's. */
    private static final Set<String> KEY = Set.of("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey");

    static Stream<Arguments> roles() {
        return Stream.of(
                role(Configurations.minimal(), List.of(OWN, LOG, TRACES)),
                role(Configurations.buffered(), List.of(OWN, LOG, TRACES, QUEUE)),
                role(Configurations.prod(), List.of(OWN, LOG, TRACES, KEY)),
                role(withoutTracing("direct"), List.of(OWN, LOG)),
                role(withoutTracing("draining"), List.of(OWN, LOG, QUEUE)));
    }

    @ParameterizedTest
    @MethodSource("roles")
    void roleAllowsWhatIsCalledAndNothingElse(PipelineConfig config, Set<String> expected) {
        Set<String> allowed = new TreeSet<>();
        for (Map<String, Object> statement : statements(config)) {
            allowed.addAll(texts(statement.get("Action")));
            assertThat(statement).containsEntry("Effect", "Allow").doesNotContainKeys("NotAction", "NotResource");
        }

        assertThat(allowed).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("roles")
    void roleNamesWhatItIsAllowedFor(PipelineConfig config, Set<String> expected) {
        for (Map<String, Object> statement : statements(config)) {
            List<String> actions = texts(statement.get("Action"));
            List<String> resources = texts(statement.get("Resource"));
            if (actions.get(0).startsWith("xray:")) {
                continue; // X-Ray knows no resources
            }
            assertThat(resources).as(actions.toString()).isNotEmpty().noneMatch(resource -> resource.contains("*"));
            if (actions.get(0).startsWith("kms:")) {
                assertThat(statement.get("Condition").toString()).contains("kms:ViaService");
            }
        }
    }

    private static Arguments role(PipelineConfig config, List<Set<String>> actions) {
        Set<String> all = new TreeSet<>();
        actions.forEach(all::addAll);
        return Arguments.of(config, all);
    }

    private static PipelineConfig withoutTracing(String delivery) {
        return Configurations.read(
                "dev",
                Element.group("configuration")
                        .element(Element.group("function")
                                .value("handler", "com.example.tape.TapeHandler")
                                .value("tracing", "false")
                                .build())
                        .value("delivery", delivery)
                        .build());
    }

    private static List<Map<String, Object>> statements(PipelineConfig config) {
        Map<String, Object> template = TemplateParser.parse(
                PipelineTemplate.of(config, CodeArtifact.UNKNOWN).yaml());
        Map<String, Object> role =
                map(map(map(template.get("Resources")).get(LogicalIds.ROLE)).get("Properties"));
        assertThat(role).doesNotContainKeys("ManagedPolicyArns", "PermissionsBoundary");
        List<Map<String, Object>> statements = new ArrayList<>();
        for (Object policy : (List<?>) role.get("Policies")) {
            for (Object statement :
                    (List<?>) map(map(policy).get("PolicyDocument")).get("Statement")) {
                statements.add(map(statement));
            }
        }
        return statements;
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of(value.toString());
    }

    @SuppressWarnings("unchecked") // a template's groups are maps
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
