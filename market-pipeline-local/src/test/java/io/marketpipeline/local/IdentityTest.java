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
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Role;
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

    @Test
    void roleWhenChangedReadsBack() {
        iam.createRole(request -> request.roleName("changed").assumeRolePolicyDocument(DOCUMENT));
        String arn = iam.createPolicy(request -> request.policyName("bound").policyDocument(DOCUMENT))
                .policy()
                .arn();
        iam.updateRole(request -> request.roleName("changed").description("d").maxSessionDuration(7200));
        iam.updateAssumeRolePolicy(
                request -> request.roleName("changed").policyDocument(DOCUMENT.replace("Allow", "Deny")));
        iam.putRolePermissionsBoundary(request -> request.roleName("changed").permissionsBoundary(arn));
        iam.tagRole(request -> request.roleName("changed")
                .tags(Tag.builder().key("a").value("b").build()));
        iam.putRolePolicy(request -> request.roleName("changed").policyName("p").policyDocument(DOCUMENT));
        iam.attachRolePolicy(request -> request.roleName("changed").policyArn(arn));

        Role role = iam.getRole(request -> request.roleName("changed")).role();
        assertThat(role.description()).isEqualTo("d");
        assertThat(role.maxSessionDuration()).isEqualTo(7200);
        assertThat(role.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(arn);
        assertThat(URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                .contains("Deny");
        assertThat(iam.listRoles().roles()).extracting(Role::roleName).contains("changed");
        assertThat(iam.listRoleTags(request -> request.roleName("changed")).tags())
                .hasSize(1);
        assertThat(iam.listRolePolicies(request -> request.roleName("changed")).policyNames())
                .containsExactly("p");
        assertThat(iam.listEntitiesForPolicy(request -> request.policyArn(arn)).policyRoles())
                .hasSize(1);

        iam.untagRole(request -> request.roleName("changed").tagKeys("a"));
        iam.deleteRolePermissionsBoundary(request -> request.roleName("changed"));
        iam.detachRolePolicy(request -> request.roleName("changed").policyArn(arn));
        assertThat(iam.listRoleTags(request -> request.roleName("changed")).tags())
                .isEmpty();
        assertThat(iam.listAttachedRolePolicies(request -> request.roleName("changed"))
                        .attachedPolicies())
                .isEmpty();
    }

    @Test
    void policyVersionsReplaceEachOther() {
        String arn = iam.createPolicy(request -> request.policyName("versions").policyDocument(DOCUMENT))
                .policy()
                .arn();
        iam.createPolicyVersion(request -> request.policyArn(arn)
                .policyDocument(DOCUMENT.replace("Allow", "Deny"))
                .setAsDefault(true));
        iam.tagPolicy(request ->
                request.policyArn(arn).tags(Tag.builder().key("a").value("b").build()));

        assertThat(iam.listPolicyVersions(request -> request.policyArn(arn)).versions())
                .extracting(PolicyVersion::versionId)
                .containsExactly("v2", "v1");
        assertThat(URLDecoder.decode(
                        iam.getPolicyVersion(request -> request.policyArn(arn).versionId("v2"))
                                .policyVersion()
                                .document(),
                        StandardCharsets.UTF_8))
                .contains("Deny");
        assertThat(iam.listPolicyTags(request -> request.policyArn(arn)).tags()).hasSize(1);
        assertThat(iam.listPolicies().policies()).extracting(Policy::policyName).contains("versions");

        iam.untagPolicy(request -> request.policyArn(arn).tagKeys("a"));
        iam.deletePolicyVersion(request -> request.policyArn(arn).versionId("v1"));
        iam.deletePolicy(request -> request.policyArn(arn));
        assertThatThrownBy(() -> iam.getPolicy(request -> request.policyArn(arn)))
                .isInstanceOf(NoSuchEntityException.class);
    }
}
