package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.EvaluationType;
import software.amazon.awssdk.services.cloudformation.model.PolicyAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.RequiresRecreation;
import software.amazon.awssdk.services.cloudformation.model.ResourceAttribute;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftStatus;

class ChangeReaderTest {
    @Test
    void lineWhenResourceIsReplacedSaysWhatForcesIt() {
        Change change = read(resource(ChangeAction.MODIFY)
                .replacement(Replacement.TRUE)
                .details(
                        detail("KeySchema", RequiresRecreation.ALWAYS), detail("BillingMode", RequiresRecreation.NEVER))
                .build());

        assertThat(change.line())
                .isEqualTo("! Table  AWS::DynamoDB::Table  REPLACED: a new one is made, the old one goes  (KeySchema)");
    }

    @Test
    void lineWhenResourceIsModifiedNamesItsProperties() {
        Change change = read(resource(ChangeAction.MODIFY)
                .replacement(Replacement.FALSE)
                .details(detail("Tags", RequiresRecreation.NEVER), detail("BillingMode", RequiresRecreation.NEVER))
                .build());

        assertThat(change.line()).isEqualTo("~ Table  AWS::DynamoDB::Table  (BillingMode, Tags)");
    }

    @Test
    void lineWhenReplacementDependsSaysSo() {
        Change change = read(resource(ChangeAction.MODIFY)
                .replacement(Replacement.CONDITIONAL)
                .build());

        assertThat(change.line()).startsWith("! Table").contains("may be replaced");
    }

    @Test
    void lineWhenResourceIsImportedSaysThatItIsTakenOver() {
        assertThat(read(resource(ChangeAction.IMPORT).build()).line()).contains("taken over with its data");
    }

    @Test
    void lineWhenResourceIsRemovedHasAMinus() {
        assertThat(read(resource(ChangeAction.REMOVE).build()).line()).isEqualTo("- Table  AWS::DynamoDB::Table");
    }

    @Test
    void causesWhenMetadataChangesNamesTheAttribute() {
        Change change = read(resource(ChangeAction.MODIFY)
                .details(ResourceChangeDetail.builder()
                        .target(target -> target.attribute(ResourceAttribute.METADATA))
                        .build())
                .build());

        assertThat(change.causes()).isEqualTo(Arrays.asList("Metadata"));
    }

    @Test
    void valuesComeFromTheChangeSetsContexts() {
        Change change = read(resource(ChangeAction.MODIFY)
                .beforeContext("{\"Properties\":{\"MemorySize\":512,\"Tags\":[{\"Key\":\"Team\",\"Value\":\"a\"}]}}")
                .afterContext("{\"Properties\":{\"MemorySize\":1024,\"Tags\":[{\"Key\":\"Team\",\"Value\":\"b\"}]}}")
                .details(detail("MemorySize", RequiresRecreation.NEVER))
                .build());

        assertThat(change.properties())
                .extracting(PropertyChange::line)
                .containsExactly("MemorySize: 512 -> 1024", "Tags.Team: a -> b");
    }

    @Test
    void valuesWhenTheEndpointGivesNoneComeFromTheTemplates() {
        ChangeReader reader = new ChangeReader(
                Optional.of(TemplateDocument.of(table("PAY_PER_REQUEST"))),
                TemplateDocument.of(table("PROVISIONED")),
                new Secrets(List.of()));

        assertThat(reader.read(List.of(resource(ChangeAction.MODIFY)
                                .details(detail("BillingMode", RequiresRecreation.NEVER))
                                .build()))
                        .get(0)
                        .properties())
                .extracting(PropertyChange::line)
                .containsExactly("BillingMode: PAY_PER_REQUEST -> PROVISIONED");
    }

    @Test
    void valueThatWasChangedByHandIsShownWithWhatWasDeployed() {
        Change change = read(resource(ChangeAction.MODIFY)
                .resourceDriftStatus(StackResourceDriftStatus.MODIFIED)
                .beforeContext("{\"Properties\":{\"Environment\":{\"Variables\":{\"LEVEL\":\"DEBUG\"}}}}")
                .afterContext("{\"Properties\":{\"Environment\":{\"Variables\":{\"LEVEL\":\"WARN\"}}}}")
                .details(drifted("/Properties/Environment/Variables/LEVEL", "INFO", "DEBUG"))
                .build());

        assertThat(change.properties())
                .extracting(PropertyChange::line)
                .containsExactly("Environment.Variables.LEVEL: DEBUG (by hand, was INFO) -> WARN");
    }

    @Test
    void secretThatWasChangedByHandIsShownOnNoSide() {
        Change change = read(resource(ChangeAction.MODIFY)
                .beforeContext("{\"Properties\":{\"Environment\":{\"Variables\":{\"FEED_TOKEN\":\"abc123\"}}}}")
                .afterContext("{\"Properties\":{\"Environment\":{\"Variables\":{\"FEED_TOKEN\":\"def456\"}}}}")
                .details(drifted("/Properties/Environment/Variables/FEED_TOKEN", "ghi789", "abc123"))
                .build());

        assertThat(change.properties())
                .extracting(PropertyChange::line)
                .containsExactly("Environment.Variables.FEED_TOKEN: (hidden) (by hand, was (hidden)) -> (hidden)");
    }

    /** AWS's answer for a table that somebody deleted. */
    @Test
    void resourceThatWasDeletedByHandIsMadeAnewAndLosesNothingMore() {
        Change change = read(resource(ChangeAction.ADD)
                .physicalResourceId("market-data-dev")
                .resourceDriftStatus(StackResourceDriftStatus.DELETED)
                .afterContext("{\"Properties\":{\"TableName\":\"market-data-dev\"}}")
                .previousDeploymentContext("{\"Properties\":{\"TableName\":\"market-data-dev\"}}")
                .build());

        assertThat(change.line()).isEqualTo("+ Table  AWS::DynamoDB::Table  was deleted by hand, is made anew");
        assertThat(change.losesData()).isFalse();
    }

    @Test
    void resourceThatWasChangedByHandToWhatTheTemplateSaysStaysAsItIs() {
        Change change = read(resource(ChangeAction.SYNC_WITH_ACTUAL)
                .resourceDriftStatus(StackResourceDriftStatus.MODIFIED)
                .beforeContext("{\"Properties\":{\"BillingMode\":\"PROVISIONED\"}}")
                .afterContext("{\"Properties\":{\"BillingMode\":\"PROVISIONED\"}}")
                .details(detail("BillingMode", RequiresRecreation.NEVER))
                .build());

        assertThat(change.line())
                .isEqualTo(
                        "= Table  AWS::DynamoDB::Table  was changed by hand to what the configuration now says, stays"
                                + " as it is  (BillingMode)");
    }

    @Test
    void valuesThatLookSecretAreNotShown() {
        Change change = read(resource(ChangeAction.MODIFY)
                .beforeContext("{\"Properties\":{\"Environment\":{\"Variables\":{\"FEED_TOKEN\":\"abc123\"}}}}")
                .afterContext("{\"Properties\":{\"Environment\":{\"Variables\":{\"FEED_TOKEN\":\"def456\"}}}}")
                .build());

        assertThat(change.properties())
                .extracting(PropertyChange::line)
                .containsExactly("Environment.Variables.FEED_TOKEN: (hidden) -> (hidden)");
    }

    @Test
    void valuesOfNoEchoParametersAreNotShown() {
        StackSpec spec = new StackSpec(
                "s",
                "Parameters:\n  Feed:\n    Type: String\n    NoEcho: true\nResources: {}\n",
                Map.of("Feed", "hunter2"),
                Map.of(),
                false);

        assertThat(spec.secrets().shown("Description", "feed of hunter2")).isEqualTo("(hidden)");
    }

    @Test
    void resourceWhenOnlyDoubtIsOneThatStaysIsNoReplacement() {
        List<Change> changes = reader().read(List.of(
                ResourceChange.builder()
                        .action(ChangeAction.MODIFY)
                        .replacement(Replacement.FALSE)
                        .logicalResourceId("EventBus")
                        .resourceType("AWS::Events::EventBus")
                        .build(),
                doubtful("EventBus.Arn")));

        assertThat(changes).extracting(Change::kind).containsExactly(Change.Kind.MODIFY, Change.Kind.MODIFY);
        assertThat(changes).noneMatch(Change::losesData);
    }

    @Test
    void resourceWhenWhatItRefersToIsReplacedMayBeReplaced() {
        List<Change> changes = reader().read(List.of(
                ResourceChange.builder()
                        .action(ChangeAction.MODIFY)
                        .replacement(Replacement.TRUE)
                        .logicalResourceId("EventBus")
                        .resourceType("AWS::Events::EventBus")
                        .build(),
                doubtful("EventBus.Arn")));

        assertThat(changes).extracting(Change::kind).containsExactly(Change.Kind.REPLACE, Change.Kind.MAY_REPLACE);
        assertThat(changes)
                .filteredOn(Change::losesData)
                .extracting(Change::logicalId)
                .containsExactly("EventArchive");
    }

    @Test
    void removalWhenThePolicyRetainsLosesNothing() {
        assertThat(read(resource(ChangeAction.REMOVE)
                                .policyAction(PolicyAction.RETAIN)
                                .build())
                        .losesData())
                .isFalse();
    }

    @Test
    void removalOfDataWhenItIsDeletedLosesIt() {
        assertThat(read(resource(ChangeAction.REMOVE)
                                .policyAction(PolicyAction.DELETE)
                                .build())
                        .losesData())
                .isTrue();
    }

    private static ResourceChange doubtful(String cause) {
        return ResourceChange.builder()
                .action(ChangeAction.MODIFY)
                .replacement(Replacement.CONDITIONAL)
                .logicalResourceId("EventArchive")
                .resourceType("AWS::Events::Archive")
                .details(ResourceChangeDetail.builder()
                        .evaluation(EvaluationType.DYNAMIC)
                        .causingEntity(cause)
                        .target(target -> target.attribute(ResourceAttribute.PROPERTIES)
                                .name("SourceArn")
                                .requiresRecreation(RequiresRecreation.ALWAYS))
                        .build())
                .build();
    }

    private static String table(String billing) {
        return "Resources:\n  Table:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      BillingMode: " + billing
                + "\n";
    }

    private static Change read(ResourceChange change) {
        return reader().read(List.of(change)).get(0);
    }

    private static ChangeReader reader() {
        return new ChangeReader(Optional.empty(), TemplateDocument.of(""), new Secrets(List.of()));
    }

    private static ResourceChange.Builder resource(ChangeAction action) {
        return ResourceChange.builder()
                .action(action)
                .logicalResourceId("Table")
                .resourceType("AWS::DynamoDB::Table");
    }

    private static ResourceChangeDetail drifted(String path, String previous, String actual) {
        return ResourceChangeDetail.builder()
                .target(target -> target.attribute(ResourceAttribute.PROPERTIES)
                        .name("Environment")
                        .path(path)
                        .drift(drift -> drift.previousValue(previous).actualValue(actual)))
                .build();
    }

    private static ResourceChangeDetail detail(String property, RequiresRecreation recreation) {
        return ResourceChangeDetail.builder()
                .target(target -> target.attribute(ResourceAttribute.PROPERTIES)
                        .name(property)
                        .requiresRecreation(recreation))
                .build();
    }
}
