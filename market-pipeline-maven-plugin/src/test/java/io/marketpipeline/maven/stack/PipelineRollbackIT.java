package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** Versions, their alias and CloudFormation together, in the real local endpoint, with a function that answers. */
class PipelineRollbackIT {
    @TempDir
    private static Path directory;

    private static LivePipeline pipeline;

    @BeforeAll
    static void start() throws Exception {
        pipeline = LivePipeline.start(directory);
    }

    @AfterAll
    static void end() {
        pipeline.close();
    }

    @BeforeEach
    void forget() {
        pipeline.forget();
    }

    @Test
    void rollbackPutsThePreviousVersionLive() throws Exception {
        PipelineConfig config = pipeline.config("previous");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two");

        rollback(config, OptionalInt.empty());

        assertThat(pipeline.live(config)).isEqualTo("1");
        assertThat(pipeline.text()).contains("live points to version 1", "Checked: live answers with version 1");
    }

    @Test
    void deployAfterRollbackPutsItsVersionLiveAgain() throws Exception {
        PipelineConfig config = pipeline.config("again");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two");
        rollback(config, OptionalInt.empty());
        pipeline.forget();

        StackResult result = pipeline.deploy(config, "two");

        assertThat(result.kind()).isEqualTo(StackResult.Kind.RESTORED);
        assertThat(pipeline.live(config)).isEqualTo("2");
        assertThat(pipeline.text())
                .contains("live pointed to version 1 after a rollback, and points to version 2 again")
                .doesNotContain("No changes");
        assertThat(pipeline.deploy(config, "two").kind()).isEqualTo(StackResult.Kind.UNCHANGED);
    }

    @Test
    void deployOfAnotherChangeAfterRollbackPutsItsVersionLiveAgain() throws Exception {
        PipelineConfig config = pipeline.config("other", Map.of());
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two");
        rollback(config, OptionalInt.empty());

        pipeline.deploy(pipeline.config("other", Map.of("memory", "1024")), "two");

        assertThat(pipeline.live(config)).isEqualTo("3");
    }

    @Test
    void deployOfEarlierCodeAfterRollbackIsAVersionOfItsOwn() throws Exception {
        PipelineConfig config = pipeline.config("earlier");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two");
        rollback(config, OptionalInt.empty());

        pipeline.deploy(config, "one");

        assertThat(pipeline.live(config)).isEqualTo("3");
    }

    @Test
    void failedDeployAfterRollbackLeavesTheRolledBackVersionLive() throws Exception {
        PipelineConfig config = pipeline.config("failing");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two");
        rollback(config, OptionalInt.empty());
        deleteArchive(config);
        PipelineConfig changed = pipeline.config("failing", Map.of("archiveDays", "7"));

        assertThatThrownBy(() -> pipeline.deploy(changed, "three")).hasMessageContaining("EventArchive");

        assertThat(pipeline.live(config)).isEqualTo("1");
        assertThat(pipeline.text()).contains("live points to version 1 again, as before");
    }

    @Test
    void deployAfterAFailedOnePublishesItsVersion() throws Exception {
        PipelineConfig config = pipeline.config("repeated");
        pipeline.deploy(config, "one");
        deleteArchive(config);
        PipelineConfig changed = pipeline.config("repeated", Map.of("archiveDays", "7"));
        assertThatThrownBy(() -> pipeline.deploy(changed, "two")).hasMessageContaining("EventArchive");

        pipeline.deploy(config, "two");

        assertThat(pipeline.live(config)).isEqualTo("3");
    }

    @Test
    void rollbackToAVersionThatDoesNotServeLeavesTheAliasAlone() throws Exception {
        PipelineConfig config = pipeline.config("broken");
        pipeline.deploy(config, "broken");
        pipeline.deploy(config, "two");

        assertThatThrownBy(() -> rollback(config, OptionalInt.empty()))
                .hasMessageContaining("Version 1 of function market-processor-broken does not serve")
                .hasMessageContaining("live still points to version 2");
        assertThat(pipeline.live(config)).isEqualTo("2");
    }

    @Test
    void rollbackWhenThereIsNoEarlierVersionSaysSo() throws Exception {
        PipelineConfig config = pipeline.config("first");
        pipeline.deploy(config, "one");

        assertThatThrownBy(() -> rollback(config, OptionalInt.empty()))
                .hasMessageContaining("There is no version before 1 of function market-processor-first")
                .hasMessageContaining("<keepVersions>");
    }

    @Test
    void rollbackWhenTheVersionIsUnknownNamesThoseThatThereAre() throws Exception {
        PipelineConfig config = pipeline.config("unknown");
        pipeline.deploy(config, "one");

        assertThatThrownBy(() -> rollback(config, OptionalInt.of(7)))
                .hasMessageContaining("-Dversion is 7")
                .hasMessageContaining("there are 1");
    }

    @Test
    void rollbackWhenNothingIsDeployedNamesDeploy() {
        assertThatThrownBy(() -> rollback(pipeline.config("nothing"), OptionalInt.empty()))
                .hasMessageContaining("There is no function market-processor-nothing")
                .hasMessageContaining("mvn market-pipeline:deploy -Denv=nothing");
    }

    @Test
    void listShowsWhichVersionIsLive() throws Exception {
        PipelineConfig config = pipeline.config("list");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two");
        rollback(config, OptionalInt.of(1));
        pipeline.forget();

        try (AwsClients clients = pipeline.clients(config)) {
            new PipelineRollback(clients, config, pipeline.console()).list();
        }

        assertThat(pipeline.results())
                .containsPattern("(?m)^2 +deployed +20.* 512 MB +[0-9a-f]{12}$")
                .containsPattern("(?m)^1 +live +20");
    }

    @Test
    void deployKeepsAsManyVersionsAsTheConfigurationSays() throws Exception {
        PipelineConfig config = pipeline.config("keep", Map.of("keepVersions", "2"));
        for (String code : new String[] {"one", "two", "three", "four"}) {
            pipeline.deploy(config, code);
        }

        assertThat(versions(config)).containsExactly("3", "4");
        assertThat(pipeline.text()).contains("Deleted old versions 2 of the function");
    }

    @Test
    void fastDeployReplacesTheCodeOnly() throws Exception {
        PipelineConfig config = pipeline.config("fast");
        pipeline.deploy(config, "one");
        pipeline.forget();

        StackResult result = pipeline.deploy(config, "two", true);

        assertThat(result.kind()).isEqualTo(StackResult.Kind.CODE_REPLACED);
        assertThat(pipeline.live(config)).isEqualTo("2");
        assertThat(pipeline.text())
                .contains("Checked: live answers with version 2")
                .doesNotContain("Asking CloudFormation");
    }

    @Test
    void fullDeployAfterAFastOnePublishesTheSameCodeAsAVersionOfItsOwn() throws Exception {
        PipelineConfig config = pipeline.config("regular");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two", true);

        StackResult result = pipeline.deploy(config, "two");

        assertThat(result.kind()).isEqualTo(StackResult.Kind.UPDATED);
        assertThat(pipeline.live(config)).isEqualTo("3");
        assertThat(pipeline.deploy(config, "two").kind()).isEqualTo(StackResult.Kind.UNCHANGED);
    }

    @Test
    void fullDeployOfTheCodeBeforeAFastOnePutsItsVersionLiveAgain() throws Exception {
        PipelineConfig config = pipeline.config("reverted");
        pipeline.deploy(config, "one");
        pipeline.deploy(config, "two", true);

        StackResult result = pipeline.deploy(config, "one");

        assertThat(result.kind()).isEqualTo(StackResult.Kind.RESTORED);
        assertThat(pipeline.live(config)).isEqualTo("1");
    }

    @Test
    void fullDeployAfterAFastOneNeverPublishesTheFastCode() throws Exception {
        PipelineConfig config = pipeline.config("mixed");
        pipeline.deploy(config, "one");
        String code = codeOf(config, "1");
        pipeline.deploy(config, "two", true);

        pipeline.deploy(pipeline.config("mixed", Map.of("memory", "1024")), "one");

        assertThat(pipeline.live(config)).isEqualTo("3");
        assertThat(codeOf(config, "3")).isEqualTo(code);
    }

    @Test
    void fastDeployOfCodeThatDoesNotServeLeavesTheAliasAlone() throws Exception {
        PipelineConfig config = pipeline.config("fastbroken");
        pipeline.deploy(config, "one");

        assertThatThrownBy(() -> pipeline.deploy(config, "broken", true))
                .hasMessageContaining("does not serve")
                .hasMessageContaining("live still points to version 1");
        assertThat(pipeline.live(config)).isEqualTo("1");
    }

    @Test
    void fastDeployWhenTheCodeIsLiveSaysNoChanges() throws Exception {
        PipelineConfig config = pipeline.config("same");
        pipeline.deploy(config, "one");

        assertThat(pipeline.deploy(config, "one", true).kind()).isEqualTo(StackResult.Kind.UNCHANGED);
    }

    @Test
    void fastDeployWhenMoreThanTheCodeDiffersDeploysInFull() throws Exception {
        pipeline.deploy(pipeline.config("more"), "one");

        StackResult result = pipeline.deploy(pipeline.config("more", Map.of("memory", "1024")), "two", true);

        assertThat(result.kind()).isEqualTo(StackResult.Kind.UPDATED);
        assertThat(pipeline.text()).contains("More than the code differs");
    }

    @Test
    void fastDeployWithSnapStartIsRefused() {
        PipelineConfig config = pipeline.config("snap", Map.of("snapStart", "true"));

        assertThatThrownBy(() -> pipeline.deploy(config, "one", true))
                .hasMessageContaining("<snapStart>false</snapStart>")
                .hasMessageContaining("environment 'snap'");
    }

    /** Someone deletes the archive, so that an update of it fails, after the alias has been moved. */
    private static void deleteArchive(PipelineConfig config) {
        try (AwsClients clients = pipeline.clients(config)) {
            String archive = clients.cloudFormation()
                    .describeStackResource(
                            request -> request.stackName(config.names().stack()).logicalResourceId("EventArchive"))
                    .stackResourceDetail()
                    .physicalResourceId();
            clients.eventBridge().deleteArchive(request -> request.archiveName(archive));
        }
    }

    private static void rollback(PipelineConfig config, OptionalInt version) throws InterruptedException {
        try (AwsClients clients = pipeline.clients(config)) {
            new PipelineRollback(clients, config, pipeline.console()).to(version);
        }
    }

    private static List<String> versions(PipelineConfig config) {
        try (AwsClients clients = pipeline.clients(config)) {
            return clients
                    .lambda()
                    .listVersionsByFunction(
                            request -> request.functionName(config.names().function()))
                    .versions()
                    .stream()
                    .map(FunctionConfiguration::version)
                    .filter(version -> !version.equals("$LATEST"))
                    .toList();
        }
    }

    private static String codeOf(PipelineConfig config, String version) {
        try (AwsClients clients = pipeline.clients(config)) {
            return clients.lambda()
                    .getFunctionConfiguration(request ->
                            request.functionName(config.names().function()).qualifier(version))
                    .codeSha256();
        }
    }
}
