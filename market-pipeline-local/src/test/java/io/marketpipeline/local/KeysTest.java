package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

@ExtendWith(SharedEndpoint.class)
class KeysTest {
    private final KmsClient kms = SharedEndpoint.client(KmsClient.builder());

    @Test
    void keyWithAliasPolicyAndRotationReadsBack() {
        String id = kms.createKey(request -> request.description("tables").policy("{}"))
                .keyMetadata()
                .keyId();
        kms.createAlias(request -> request.aliasName("alias/tables").targetKeyId(id));
        kms.enableKeyRotation(request -> request.keyId(id));

        assertThat(kms.describeKey(request -> request.keyId("alias/tables"))
                        .keyMetadata()
                        .keyId())
                .isEqualTo(id);
        assertThat(kms.getKeyPolicy(request -> request.keyId(id)).policy()).isEqualTo("{}");
        assertThat(kms.getKeyRotationStatus(request -> request.keyId(id)).keyRotationEnabled())
                .isTrue();
    }

    @Test
    void keyWhenScheduledForDeletionCanNotBeChanged() {
        String id = kms.createKey().keyMetadata().keyId();
        kms.scheduleKeyDeletion(request -> request.keyId(id).pendingWindowInDays(7));

        assertThat(kms.describeKey(request -> request.keyId(id)).keyMetadata().keyState())
                .isEqualTo(KeyState.PENDING_DELETION);
        assertThatThrownBy(() -> kms.enableKeyRotation(request -> request.keyId(id)))
                .isInstanceOf(KmsInvalidStateException.class);
    }

    @Test
    void keyWhenMissingIsTheSdksTypedException() {
        assertThatThrownBy(() -> kms.describeKey(request -> request.keyId("alias/none")))
                .isInstanceOf(NotFoundException.class);
    }
}
