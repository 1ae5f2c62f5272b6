package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.Tag;

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

    @Test
    void keyWhenChangedReadsBack() {
        String id = kms.createKey(request -> request.description("before"))
                .keyMetadata()
                .keyId();
        kms.updateKeyDescription(request -> request.keyId(id).description("after"));
        kms.putKeyPolicy(request -> request.keyId(id).policy("{\"Version\":\"2012-10-17\"}"));
        kms.enableKeyRotation(request -> request.keyId(id));
        kms.disableKeyRotation(request -> request.keyId(id));
        kms.tagResource(request ->
                request.keyId(id).tags(Tag.builder().tagKey("a").tagValue("b").build()));
        kms.disableKey(request -> request.keyId(id));

        KeyMetadata key = kms.describeKey(request -> request.keyId(id)).keyMetadata();
        assertThat(key.description()).isEqualTo("after");
        assertThat(key.enabled()).isFalse();
        assertThat(kms.getKeyPolicy(request -> request.keyId(id)).policy()).contains("2012-10-17");
        assertThat(kms.listResourceTags(request -> request.keyId(id)).tags()).hasSize(1);
        assertThat(kms.listKeys().keys()).extracting(KeyListEntry::keyId).contains(id);

        kms.untagResource(request -> request.keyId(id).tagKeys("a"));
        kms.enableKey(request -> request.keyId(id));
        assertThat(kms.listResourceTags(request -> request.keyId(id)).tags()).isEmpty();
        assertThat(kms.getKeyRotationStatus(request -> request.keyId(id)).keyRotationEnabled())
                .isFalse();
    }

    @Test
    void aliasWhenMovedNamesTheOtherKey() {
        String first = kms.createKey().keyMetadata().keyId();
        String second = kms.createKey().keyMetadata().keyId();
        kms.createAlias(request -> request.aliasName("alias/moved").targetKeyId(first));

        kms.updateAlias(request -> request.aliasName("alias/moved").targetKeyId(second));

        assertThat(kms.listAliases(request -> request.keyId(second)).aliases())
                .extracting(AliasListEntry::aliasName)
                .containsExactly("alias/moved");
        kms.deleteAlias(request -> request.aliasName("alias/moved"));
        assertThat(kms.listAliases(request -> request.keyId(second)).aliases()).isEmpty();
    }
}
