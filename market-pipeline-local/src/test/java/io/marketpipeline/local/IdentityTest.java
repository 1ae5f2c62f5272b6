package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;

@ExtendWith(SharedEndpoint.class)
class IdentityTest {
    private static final String DOCUMENT = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\"}]}";

    private final IamClient iam = SharedEndpoint.client(IamClient.builder());

    @Test
    void callerIdentityIsTheConfiguredAccounts() {
        StsClient sts = SharedEndpoint.client(StsClient.builder());

        assertThat(sts.getCallerIdentity().account()).isEqualTo(SharedEndpoint.ACCOUNT);
    }

    @Test
    void roleWithPoliciesReadsBack() throws Exception {
        iam.createRole(request -> request.roleName("reader")
                .assumeRolePolicyDocument(DOCUMENT)
                .tags(Tag.builder().key("a").value("b").build()));
        iam.putRolePolicy(
                request -> request.roleName("reader").policyName("inline").policyDocument(DOCUMENT));
        String arn = iam.createPolicy(request -> request.policyName("managed").policyDocument(DOCUMENT))
                .policy()
                .arn();
        iam.attachRolePolicy(request -> request.roleName("reader").policyArn(arn));

        assertThat(iam.getRole(request -> request.roleName("reader")).role().arn())
                .isEqualTo("arn:aws:iam::000000000000:role/reader");
        assertThat(URLDecoder.decode(
                        iam.getRolePolicy(request -> request.roleName("reader").policyName("inline"))
                                .policyDocument(),
                        StandardCharsets.UTF_8))
                .isEqualTo(DOCUMENT);
        assertThat(iam.listAttachedRolePolicies(request -> request.roleName("reader"))
                        .attachedPolicies())
                .extracting(AttachedPolicy::policyArn)
                .containsExactly(arn);
        assertThat(iam.getPolicy(request -> request.policyArn(arn)).policy().attachmentCount())
                .isEqualTo(1);
    }

    @Test
    void roleWithPoliciesWhenDeletedIsRefused() {
        iam.createRole(request -> request.roleName("busy").assumeRolePolicyDocument(DOCUMENT));
        iam.putRolePolicy(request -> request.roleName("busy").policyName("p").policyDocument(DOCUMENT));

        assertThatThrownBy(() -> iam.deleteRole(request -> request.roleName("busy")))
                .isInstanceOf(DeleteConflictException.class);

        iam.deleteRolePolicy(request -> request.roleName("busy").policyName("p"));
        iam.deleteRole(request -> request.roleName("busy"));
        assertThatThrownBy(() -> iam.getRole(request -> request.roleName("busy")))
                .isInstanceOf(NoSuchEntityException.class);
    }

    @Test
    void roleWhenCreatedTwiceOrMalformedIsRefused() {
        iam.createRole(request -> request.roleName("twice").assumeRolePolicyDocument(DOCUMENT));

        assertThatThrownBy(() ->
                        iam.createRole(request -> request.roleName("twice").assumeRolePolicyDocument(DOCUMENT)))
                .isInstanceOf(EntityAlreadyExistsException.class);
        assertThatThrownBy(() ->
                        iam.createRole(request -> request.roleName("other").assumeRolePolicyDocument("no json")))
                .isInstanceOf(MalformedPolicyDocumentException.class);
    }
}
