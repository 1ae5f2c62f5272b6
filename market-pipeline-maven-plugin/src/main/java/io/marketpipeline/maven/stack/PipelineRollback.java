package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Mark;
import io.marketpipeline.maven.output.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.lambda.model.State;

/**
 * Puts an earlier version of the function live, by moving the alias and nothing else: it needs no build, no upload and no
 * CloudFormation. Not thread-safe.
 */
public final class PipelineRollback {
    private final PipelineConfig config;
    private final Console console;
    private final StackReader reader;
    private final FunctionVersions versions;
    private final LiveCode liveCode;
    private final LiveCheck check;
    private final String where;

    /** A rollback through the clients, which stay the caller's. */
    public PipelineRollback(AwsClients clients, PipelineConfig config, Console console) {
        String function = config.names().function();
        this.config = config;
        this.console = console;
        this.where = clients.environment().where();
        this.reader = new StackReader(clients.cloudFormation(), clients.failures());
        this.versions = new FunctionVersions(clients.lambda(), clients.failures(), Pace.real(), function);
        this.liveCode = new LiveCode(versions, reader, config.names().stack());
        this.check = new LiveCheck(clients.lambda(), clients.failures(), Pace.real(), function);
    }

    /**
     * Prints the versions to choose from, the newest first.
     *
     * @throws StackException where there is no function
     */
    public void list() {
        LiveAlias live = live();
        OptionalInt deployed = liveCode.deployedVersion();
        Table table = Table.headed("version", "", "published", "memory", "code");
        for (PublishedVersion version : versions.published()) {
            table.row(
                    Integer.toString(version.number()),
                    role(version.number(), live, deployed),
                    version.published().map(Instant::toString).orElse(""),
                    version.memory() + " MB",
                    version.shortCode());
        }
        table.lines().forEach(console::result);
        console.line("To put one live: " + command("rollback", "-Dversion=N"));
    }

    /**
     * Puts a version live and makes sure that it answers.
     *
     * @param wanted its number; empty for the one before the live one
     * @throws StackException where there is no such version, or it can't serve
     */
    public void to(OptionalInt wanted) throws InterruptedException {
        LiveAlias live = live();
        List<PublishedVersion> published = versions.published();
        PublishedVersion target =
                wanted.isPresent() ? named(wanted.getAsInt(), published, live) : previous(published, live);
        if (live.pointsTo(target.number())) {
            console.line("live points to version " + target.number() + " already; nothing to do");
            return;
        }
        tellOperation();
        prepare(target.number());
        versions.point(live, target.number(), AliasNote.rolledBack(live.words(), target.number(), Instant.now()));
        console.line(console.mark(Mark.GOOD, "live points to version " + target.number()) + " of function "
                + versions.function() + " now");
        console.line("  before  " + describe(live, published));
        console.line("  now     " + target.words());
        require(check.live(target.number()), target.number(), "live points to it");
        console.line("Checked: live answers with version " + target.number());
        console.line("The stack's template stays as it is: the next deploy puts the project's own code live.");
    }

    private LiveAlias live() {
        return versions.live()
                .orElseThrow(() -> new StackException("There is no function " + versions.function()
                        + " with an alias live at " + where + ", so there is nothing to roll back. Deploy it first: "
                        + command("deploy")));
    }

    private PublishedVersion previous(List<PublishedVersion> published, LiveAlias live) {
        int current = live.version().matches("[0-9]{1,9}") ? Integer.parseInt(live.version()) : Integer.MAX_VALUE;
        return published.stream()
                .filter(version -> version.number() < current)
                .findFirst()
                .orElseThrow(() -> new StackException("There is no version before " + live.version()
                        + " of function " + versions.function() + " to go back to"
                        + (published.size() > 1 ? "; there are " + numbers(published) : "")
                        + ". <function><keepVersions> (" + config.function().keepVersions()
                        + ") says how many are kept. Nothing was touched."));
    }

    private PublishedVersion named(int number, List<PublishedVersion> published, LiveAlias live) {
        return published.stream()
                .filter(version -> version.number() == number)
                .findFirst()
                .orElseThrow(() -> new StackException("-Dversion is " + number + ", but function "
                        + versions.function() + " has no such version; there are " + numbers(published) + ", and live"
                        + " points to " + live.version() + ". `" + command("rollback", "-Dlist")
                        + "` shows them. Nothing was touched."));
    }

    private static String numbers(List<PublishedVersion> published) {
        return published.stream()
                .map(version -> Integer.toString(version.number()))
                .collect(Collectors.joining(", "));
    }

    /** CloudFormation may be about to move the alias itself, and then the last one wins. */
    private void tellOperation() {
        reader.find(config.names().stack())
                .map(Stack::stackStatus)
                .filter(status -> StackCondition.of(status) == StackCondition.BUSY)
                .ifPresent(status -> console.warn("Stack " + config.names().stack() + " is " + status
                        + ": when that ends, it may have moved live again. Run `" + command("status") + "` then."));
    }

    /** A version with SnapStart loses its snapshot after 14 idle days, and its first invocation fails then. */
    private void prepare(int version) throws InterruptedException {
        var state = versions.configuration(version);
        if (state.isPresent() && state.get().state() == State.INACTIVE) {
            console.line(
                    "Version " + version + " is inactive: it has no snapshot any more, since nothing invoked it for"
                            + " two weeks. Waking it up before anything goes there ...");
        }
        versions.awaitActive(version);
        require(check.version(version), version, "live still points to " + live().words());
    }

    private void require(Optional<String> problem, int version, String consequence) {
        problem.ifPresent(why -> {
            throw new StackException("Version " + version + " of function " + versions.function()
                    + " does not serve: " + why + "\n" + consequence + ". Choose another version: "
                    + command("rollback", "-Dlist"));
        });
    }

    private String command(String goal, String... switches) {
        return AwsEnvironment.of(config).command(goal, switches);
    }

    private static String describe(LiveAlias live, List<PublishedVersion> published) {
        return published.stream()
                .filter(version -> live.pointsTo(version.number()))
                .findFirst()
                .map(PublishedVersion::words)
                .orElse(live.words());
    }

    private static String role(int number, LiveAlias live, OptionalInt deployed) {
        String role = live.uses(number) ? "live" : "";
        if (deployed.isPresent() && deployed.getAsInt() == number) {
            return role.isEmpty() ? "deployed" : role + ", deployed";
        }
        return role;
    }
}
