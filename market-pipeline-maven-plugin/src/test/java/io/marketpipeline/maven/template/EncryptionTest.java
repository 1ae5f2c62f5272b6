package io.marketpipeline.maven.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.Configurations;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stores something stores it encrypted, and what is spoken to is spoken to over TLS. */
class EncryptionTest {
    /** What says that a type is encrypted by a key of ours or of the service. */
    private static final Map<String, List<String>> ENCRYPTION = Map.of(
            "AWS::DynamoDB::Table", List.of("SSESpecification"),
            "AWS::SQS::Queue", List.of("SqsManagedSseEnabled", "KmsMasterKeyId"),
            "AWS::S3::Bucket", List.of("BucketEncryption"));

    private static final Set<String> TALKING =
            Set.of("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy");

    static Stream<Template> templates() {
        return Stream.of(
                PipelineTemplate.of(Configurations.minimal(), CodeArtifact.UNKNOWN),
                PipelineTemplate.of(Configurations.prod(), CodeArtifact.UNKNOWN),
                ArtifactBucketTemplate.of("111122223333", "us-east-1", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void whatStoresIsEncryptedAtRest(Template template) {
        assertThat(resources(template))
                .filteredOn(resource -> ENCRYPTION.containsKey(String.valueOf(resource.get("Type"))))
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(properties(resource).keySet())
                        .containsAnyElementsOf(ENCRYPTION.get(String.valueOf(resource.get("Type")))));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void resourcePoliciesRefusePlainHttp(Template template) {
        assertThat(resources(template))
                .filteredOn(resource -> TALKING.contains(String.valueOf(resource.get("Type"))))
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(properties(resource).toString())
                        .contains("Effect=Deny", "aws:SecureTransport=false"));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void queuesTopicsAndBucketsEachHaveAPolicy(Template template) {
        Set<String> types = new TreeSet<>();
        resources(template).forEach(resource -> types.add(String.valueOf(resource.get("Type"))));

        for (String type : List.of("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::S3::Bucket")) {
            assertThat(types.contains(type + "Policy")).as(type).isEqualTo(types.contains(type));
        }
    }

    @SuppressWarnings("unchecked") // a template's resources are maps
    private static List<Map<String, Object>> resources(Template template) {
        Map<String, Object> resources =
                (Map<String, Object>) TemplateParser.parse(template.yaml()).get("Resources");
        return resources.values().stream()
                .map(resource -> (Map<String, Object>) resource)
                .toList();
    }

    @SuppressWarnings("unchecked") // so are their properties
    private static Map<String, Object> properties(Map<String, Object> resource) {
        return (Map<String, Object>) resource.get("Properties");
    }
}
