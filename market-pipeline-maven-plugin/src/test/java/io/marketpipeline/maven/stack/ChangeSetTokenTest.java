package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeSetTokenTest {
    /** A change set's ARN is cut where it happens to be, which may be before a separator. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 21, 22, 23, 24, 25, 40, 128})
    void tokenOfAnyArnIsOneThatCloudFormationTakes(int nameLength) {
        String arn = "arn:aws:cloudformation:us-east-1:111122223333:changeSet/" + "n".repeat(nameLength)
                + "/5da5b4dc-3bf4-4dbb-bbdd-2b155fb98a23";

        assertThat(ChangeSets.token(new ReadyChangeSet(arn, "stack", List.of())))
                .matches("[a-zA-Z0-9][-a-zA-Z0-9]{0,127}")
                .endsWith("5da5b4dc-3bf4-4dbb-bbdd-2b155fb98a23");
    }
}
