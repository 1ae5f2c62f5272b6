package io.marketpipeline.maven.replay;

import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/** Replays of one pipeline's archive. Thread-safe. */
public final class Replays {
    private final EventBridgeClient client;
    private final PipelineConfig config;

    public Replays(EventBridgeClient client, PipelineConfig config) {
        this.client = client;
        this.config = config;
    }

    /**
     * The pipeline's archive.
     *
     * @throws UserFixableException if the pom has none
     */
    BusArchive archive() {
        if (!config.archive().enabled()) {
            throw new UserFixableException(
                    "Environment '" + config.environment() + "' has no archive: <archive><enabled>"
                            + " is false. Publish the file again instead, or set it to true and deploy, for what comes then");
        }
        DescribeArchiveResponse archive = client.describeArchive(
                request -> request.archiveName(config.names().archive()));
        return new BusArchive(
                archive.archiveArn(),
                archive.eventSourceArn(),
                archive.retentionDays() == null ? 0 : archive.retentionDays(),
                archive.creationTime());
    }

    /** ARN of a rule of the pipeline. */
    String ruleArn(String rule) {
        return client.describeRule(request -> request.name(config.names().rule(rule))
                        .eventBusName(config.names().eventBus()))
                .arn();
    }

    /**
     * Starts a replay.
     *
     * @param ruleArns rules that get the events; empty for all
     * @throws UserFixableException if the account has as many replays as it may
     */
    void start(String name, BusArchive archive, ReplaySpan span, List<String> ruleArns) {
        try {
            client.startReplay(request -> request.replayName(name)
                    .eventSourceArn(archive.arn())
                    .eventStartTime(span.from())
                    .eventEndTime(span.to())
                    .destination(to -> to.arn(archive.busArn()).filterArns(ruleArns.isEmpty() ? null : ruleArns)));
        } catch (LimitExceededException e) {
            throw new UserFixableException(
                    "No further replay can be started: an account has at most 10 active ones in a region, and these run: "
                            + running()
                            + ". Wait until one has ended, or end one with "
                            + AwsEnvironment.of(config).command("replay", "-Dcancel=NAME"),
                    e);
        }
    }

    /**
     * How far a replay is.
     *
     * @throws UserFixableException if there is none of this name
     */
    ReplayProgress progress(String name) {
        return find(name)
                .orElseThrow(() -> new UserFixableException("There is no replay '" + name + "'. Of environment '"
                        + config.environment() + "' there are: " + ours()));
    }

    /** As above; empty if there is none. */
    Optional<ReplayProgress> find(String name) {
        try {
            return Optional.of(ReplayProgress.of(client.describeReplay(request -> request.replayName(name))));
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Asks a replay to end before it has replayed all. */
    void cancel(String name) {
        client.cancelReplay(request -> request.replayName(name));
    }

    private String running() {
        return client.listReplays(request -> request.state(ReplayState.RUNNING)).replays().stream()
                .map(replay -> replay.replayName())
                .collect(Collectors.joining(", "));
    }

    private String ours() {
        String names = client
                .listReplays(request -> request.namePrefix(config.names().replays()))
                .replays()
                .stream()
                .map(replay -> replay.replayName() + " (" + replay.stateAsString() + ")")
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
