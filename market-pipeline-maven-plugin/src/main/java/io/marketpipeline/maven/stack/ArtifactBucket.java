package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.artifact.ArtifactStore;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.template.ArtifactBucketTemplate;
import io.marketpipeline.maven.template.PipelineTemplate;
import io.marketpipeline.maven.template.Template;
import java.util.Map;

/**
 * The bucket that zips and large templates go to, one for each account and region, in a stack of its own that is made
 * when first needed.
 */
final class ArtifactBucket {
    private final AwsClients clients;
    private final StackListener listener;
    private final String accountId;
    private final String region;
    private final ArtifactStore store;

    ArtifactBucket(AwsClients clients, StackListener listener, String accountId) {
        this.clients = clients;
        this.listener = listener;
        this.accountId = accountId;
        this.region = clients.environment().region();
        this.store = new ArtifactStore(clients.s3(), clients.failures(), name(), accountId);
    }

    String name() {
        return ArtifactBucketTemplate.bucketName(accountId, region);
    }

    /** What the pipeline's stack shall be, with its code in this bucket. */
    StackSpec spec(PipelineConfig config, Template template) {
        return new StackSpec(
                config.names().stack(),
                template.yaml(),
                Map.of(PipelineTemplate.ARTIFACT_BUCKET_PARAMETER, name()),
                config.tags(),
                config.tables().protection());
    }

    /** The bucket as a store; made first where it is missing. */
    ArtifactStore ready() throws InterruptedException {
        if (!store.bucketExists()) {
            listener.note("Making the artifact bucket " + name() + " (stack " + ArtifactBucketTemplate.STACK_NAME
                    + "), once for this account and region");
            // A bucket that somebody deleted is still in its stack, and comes back as what was changed by hand does.
            new StackDeployer(clients, store::putTemplate, listener)
                    .deploy(
                            new StackSpec(
                                    ArtifactBucketTemplate.STACK_NAME,
                                    ArtifactBucketTemplate.of(accountId, region, Map.of())
                                            .yaml(),
                                    Map.of(),
                                    Map.of(),
                                    false),
                            DeployOptions.CAREFUL
                                    .followedBy("run the goal again; it waits for the end and goes on")
                                    .revertingDrift(true));
        }
        return store;
    }

    /** The bucket as a store that is taken to be there. */
    ArtifactStore store() {
        return store;
    }
}
