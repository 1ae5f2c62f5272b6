package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.artifact.PackagedFunction;
import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.template.CodeArtifact;
import io.marketpipeline.maven.template.PipelineTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces the function's code alone, past CloudFormation, and is done when the new code answers. The next full
 * deployment publishes the same classes as a version of its own: the zip of a fast one carries a mark, for Lambda refuses
 * to publish what it has published already. Not thread-safe.
 */
final class FastDeployment {
    private final PipelineConfig config;
    private final FunctionVersions versions;
    private final StackReader reader;
    private final LiveCheck check;
    private final Console console;

    FastDeployment(
            PipelineConfig config, FunctionVersions versions, StackReader reader, LiveCheck check, Console console) {
        this.config = config;
        this.versions = versions;
        this.reader = reader;
        this.check = check;
        this.console = console;
    }

    /** Publishing with SnapStart takes a snapshot, which takes minutes: nothing would be fast about it. */
    static void refuseSnapStart(PipelineConfig config) {
        if (config.function().snapStart()) {
            throw new UserFixableException("-Dfast is given, but SnapStart is on in environment '"
                    + config.environment() + "': Lambda takes a snapshot of each version, which takes minutes. Set"
                    + " <function><snapStart>false</snapStart></function> for this environment and deploy once, or leave"
                    + " out -Dfast. Nothing was touched.");
        }
    }

    /**
     * Replaces the code where nothing else differs.
     *
     * @return empty where a full deployment is needed, whose reason is told
     */
    Optional<StackResult> deploy(StackDeployer deployer, StackSpec spec, PackagedFunction function)
            throws IOException, InterruptedException {
        Instant start = Instant.now();
        Optional<Map<String, String>> outputs = onlyCodeDiffers(deployer, spec);
        Optional<LiveAlias> live = outputs.isPresent() ? versions.live() : Optional.empty();
        if (outputs.isEmpty() || live.isEmpty()) {
            console.line("More than the code differs from what is deployed: deploying in full");
            return Optional.empty();
        }
        MarkedZip zip = MarkedZip.of(Files.readAllBytes(function.zip()));
        if (serves(live.get(), function.code().sha256()) || serves(live.get(), zip.sha256())) {
            return Optional.of(new StackResult(StackResult.Kind.UNCHANGED, outputs.get(), Duration.ZERO));
        }
        int version = publish(zip);
        replace(live.get(), version);
        return Optional.of(
                new StackResult(StackResult.Kind.CODE_REPLACED, outputs.get(), Duration.between(start, Instant.now())));
    }

    /** The stack's template with its own code's hash is what this configuration gives for that code. */
    private Optional<Map<String, String>> onlyCodeDiffers(StackDeployer deployer, StackSpec spec) {
        if (reader.find(spec.name()).isEmpty()) {
            return Optional.empty();
        }
        return LiveCode.codeIn(reader.template(spec.name()))
                .map(code -> PipelineTemplate.of(config, new CodeArtifact(code)).yaml())
                .flatMap(template -> deployer.unchanged(
                        new StackSpec(spec.name(), template, spec.parameters(), spec.tags(), spec.protection())));
    }

    private boolean serves(LiveAlias live, String code) {
        return versions.published().stream()
                .anyMatch(version ->
                        live.pointsTo(version.number()) && version.codeSha256().equals(code));
    }

    private int publish(MarkedZip zip) throws InterruptedException {
        console.line("Replacing the code of function " + versions.function() + " ...");
        versions.putCode(zip.bytes());
        return versions.publish(zip.sha256(), "Fast, code " + zip.original());
    }

    private void replace(LiveAlias before, int version) throws InterruptedException {
        require(check.version(version), version, "live still points to " + before.words());
        versions.point(before, version, AliasNote.fast(version, Instant.now()));
        require(check.live(version), version, "live points to it");
        console.line("Checked: live answers with version " + version + ", before it was " + before.words());
    }

    private void require(Optional<String> problem, int version, String consequence) {
        problem.ifPresent(why -> {
            throw new StackException("Version " + version + " of function " + versions.function()
                    + " does not serve: " + why + "\nIts log: "
                    + AwsEnvironment.of(config).command("logs") + ". " + consequence + ".");
        });
    }
}
