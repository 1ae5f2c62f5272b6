package io.marketpipeline.maven.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.endpoint.EndpointOptions;
import io.marketpipeline.maven.endpoint.EndpointProcess;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** Ctrl-C while a stack changes, and what comes after, at an endpoint that takes its time. */
class InterruptedDeployIT {
    private static final Pattern UNDER_WAY = Pattern.compile("\\+ created ++(?!Artifact)");

    @TempDir
    private static Path directory;

    private static EndpointProcess endpoint;
    private static Path hold;

    private final Maven maven = Maven.ofThisBuild();

    @BeforeAll
    static void startEndpoint() throws Exception {
        hold = directory.resolve("hold");
        endpoint = EndpointProcess.start(new EndpointOptions(
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList(),
                0,
                "us-east-1",
                "000000000000",
                directory.resolve("local.log"),
                List.of("--stack-step", "250", "--stack-hold", hold.toString())));
    }

    @AfterAll
    static void endEndpoint() {
        endpoint.close();
    }

    @Test
    void deployWhenInterruptedGoesOnInAwsAndCanBeFollowed() throws Exception {
        SampleProject project = SampleProject.copy("minimal", directory.resolve("followed"));
        try (MavenRun deploy = maven.start(project, "deploy", "-Denv=followed", at())) {
            deploy.awaitLine(UNDER_WAY);
            Files.createFile(hold);
            deploy.interrupt();

            assertThat(deploy.output())
                    .contains(
                            "Interrupted, but CloudFormation goes on with stack market-pipeline-followed",
                            "mvn market-pipeline:deploy -Denv=followed -Dendpoint=" + endpoint.uri() + " -Dattach");
        }

        MavenRun refused = maven.run(project, "plan", "-Denv=followed", "-DonBusy=fail", at());
        assertThat(refused.exitCode()).isOne();
        assertThat(refused.output())
                .contains("Stack market-pipeline-followed is CREATE_IN_PROGRESS since", "by another operation");

        Files.delete(hold);
        MavenRun attached = maven.run(project, "deploy", "-Denv=followed", "-Dattach", at());
        assertThat(attached.exitCode()).as(attached.output()).isZero();
        assertThat(attached.output())
                .contains("Stack market-pipeline-followed is deployed", "MarketDataTableName")
                .doesNotContain("Uploaded");
    }

    @Test
    void updateWhenCancelledIsTakenBackAndAttachSaysSo() throws Exception {
        SampleProject project = SampleProject.copy("minimal", directory.resolve("cancelled"));
        assertThat(maven.run(project, "deploy", "-Denv=cancelled", at()).exitCode())
                .isZero();
        Path pom = project.folder().resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replace("</function>", "<memory>1024</memory></function>"));
        try (MavenRun deploy = maven.start(project, "deploy", "-Denv=cancelled", at())) {
            try (CloudFormationClient aws = client(endpoint.uri())) {
                cancel(aws);
            }
            deploy.untilEnd();

            assertThat(deploy.exitCode()).isOne();
            assertThat(deploy.output())
                    .contains("was not updated", "somebody cancelled the update", "The stack is as it was before");
        }
        MavenRun attached = maven.run(project, "deploy", "-Denv=cancelled", "-Dattach", at());
        assertThat(attached.exitCode()).isOne();
        assertThat(attached.output()).contains("Nothing is under way", "UPDATE_ROLLBACK_COMPLETE");
    }

    /** As soon as the update has begun. */
    private static void cancel(CloudFormationClient aws) {
        Instant end = Instant.now().plusSeconds(240);
        while (true) {
            try {
                aws.cancelUpdateStack(request -> request.stackName("market-pipeline-cancelled"));
                return;
            } catch (CloudFormationException e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private static CloudFormationClient client(URI uri) {
        return CloudFormationClient.builder()
                .endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    private static String at() {
        return "-Dendpoint=" + endpoint.uri();
    }
}
