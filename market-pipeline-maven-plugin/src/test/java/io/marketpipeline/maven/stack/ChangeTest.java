package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.RequiresRecreation;
import software.amazon.awssdk.services.cloudformation.model.ResourceAttribute;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;

class ChangeTest {
    @Test
    void lineWhenResourceIsReplacedSaysWhatForcesIt() {
        Change change = Change.of(resource(ChangeAction.MODIFY)
                .replacement(Replacement.TRUE)
                .details(
                        detail("KeySchema", RequiresRecreation.ALWAYS), detail("BillingMode", RequiresRecreation.NEVER))
                .build());

        assertThat(change.line())
                .isEqualTo("! Table  AWS::DynamoDB::Table  REPLACED: a new one is made, the old one goes  (KeySchema)");
    }

    @Test
    void lineWhenResourceIsModifiedNamesItsProperties() {
        Change change = Change.of(resource(ChangeAction.MODIFY)
                .replacement(Replacement.FALSE)
                .details(detail("Tags", RequiresRecreation.NEVER), detail("BillingMode", RequiresRecreation.NEVER))
                .build());

        assertThat(change.line()).isEqualTo("~ Table  AWS::DynamoDB::Table  (BillingMode, Tags)");
    }

    @Test
    void lineWhenReplacementDependsSaysSo() {
        Change change = Change.of(resource(ChangeAction.MODIFY)
                .replacement(Replacement.CONDITIONAL)
                .build());

        assertThat(change.line()).startsWith("! Table").contains("may be replaced");
    }

    @Test
    void lineWhenResourceIsImportedSaysThatItIsTakenOver() {
        assertThat(Change.of(resource(ChangeAction.IMPORT).build()).line()).contains("taken over with its data");
    }

    @Test
    void lineWhenResourceIsRemovedHasAMinus() {
        assertThat(Change.of(resource(ChangeAction.REMOVE).build()).line()).isEqualTo("- Table  AWS::DynamoDB::Table");
    }

    @Test
    void causesWhenMetadataChangesNamesTheAttribute() {
        Change change = Change.of(resource(ChangeAction.MODIFY)
                .details(ResourceChangeDetail.builder()
                        .target(target -> target.attribute(ResourceAttribute.METADATA))
                        .build())
                .build());

        assertThat(change.causes()).isEqualTo(Arrays.asList("Metadata"));
    }

    private static ResourceChange.Builder resource(ChangeAction action) {
        return ResourceChange.builder()
                .action(action)
                .logicalResourceId("Table")
                .resourceType("AWS::DynamoDB::Table");
    }

    private static ResourceChangeDetail detail(String property, RequiresRecreation recreation) {
        return ResourceChangeDetail.builder()
                .target(target -> target.attribute(ResourceAttribute.PROPERTIES)
                        .name(property)
                        .requiresRecreation(recreation))
                .build();
    }
}
