package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsFailures;
import io.marketpipeline.maven.template.PipelineTemplate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;

/** One function's versions and its alias, read and changed in Lambda itself. Not thread-safe. */
final class FunctionVersions {
    private static final String ALIAS = PipelineTemplate.ALIAS_NAME;
    private static final String NUMBER = "[0-9]{1,9}";

    /** Lambda writes {@code 2026-11-22T20:01:02.345+0000}. */
    private static final DateTimeFormatter LAST_MODIFIED = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private final LambdaClient lambda;
    private final AwsFailures failures;
    private final Pace pace;
    private final String function;

    FunctionVersions(LambdaClient lambda, AwsFailures failures, Pace pace, String function) {
        this.lambda = lambda;
        this.failures = failures;
        this.pace = pace;
        this.function = function;
    }

    /** The function's name. */
    String function() {
        return function;
    }

    /** The alias; empty where function or alias isn't there. */
    Optional<LiveAlias> live() {
        return reading("read alias " + ALIAS + " of function " + function, () -> {
            var alias =
                    lambda.getAlias(request -> request.functionName(function).name(ALIAS));
            Map<String, Double> weights = alias.routingConfig() == null
                    ? Map.of()
                    : alias.routingConfig().additionalVersionWeights();
            return new LiveAlias(
                    alias.functionVersion(),
                    alias.description() == null ? "" : alias.description(),
                    weights,
                    Optional.ofNullable(alias.revisionId()));
        });
    }

    /** All published versions, the newest first; empty where there is no such function. */
    List<PublishedVersion> published() {
        return reading(
                        "list the versions of function " + function,
                        () ->
                                lambda
                                        .listVersionsByFunctionPaginator(request -> request.functionName(function))
                                        .versions()
                                        .stream()
                                        .filter(version -> version.version().matches(NUMBER))
                                        .map(FunctionVersions::published)
                                        .sorted(Comparator.comparingInt(PublishedVersion::number)
                                                .reversed())
                                        .toList())
                .orElse(List.of());
    }

    /** Versions that any alias uses, not only the one that the rules invoke. */
    List<String> referenced() {
        return reading(
                        "list the aliases of function " + function,
                        () -> lambda.listAliasesPaginator(request -> request.functionName(function)).aliases().stream()
                                .flatMap(alias -> {
                                    var routing = alias.routingConfig();
                                    var others = routing == null
                                            ? java.util.stream.Stream.<String>empty()
                                            : routing.additionalVersionWeights().keySet().stream();
                                    return java.util.stream.Stream.concat(
                                            java.util.stream.Stream.of(alias.functionVersion()), others);
                                })
                                .distinct()
                                .toList())
                .orElse(List.of());
    }

    /**
     * Points the alias to the version, for all events.
     *
     * @param from the alias as it was read; one that somebody has moved since is not moved
     */
    void point(LiveAlias from, int version, String description) {
        UpdateAliasRequest.Builder request = UpdateAliasRequest.builder()
                .functionName(function)
                .name(ALIAS)
                .functionVersion(Integer.toString(version))
                .description(description)
                .revisionId(from.revision().orElse(null));
        if (!from.weights().isEmpty()) {
            request.routingConfig(AliasRoutingConfiguration.builder()
                    .additionalVersionWeights(Map.of())
                    .build());
        }
        failures.during("point alias " + ALIAS + " of function " + function + " to version " + version, () -> {
            try {
                return lambda.updateAlias(request.build());
            } catch (PreconditionFailedException e) {
                throw new StackException(
                        "Alias " + ALIAS + " of function " + function + " was moved by somebody else at"
                                + " the same time, so it was left alone. See where it points ("
                                + failures.environment().command("rollback", "-Dlist") + "), and run the goal again.");
            }
        });
    }

    /** Deletes a version. False where an alias uses it by now. */
    boolean delete(int version) {
        return failures.during("delete version " + version + " of function " + function, () -> {
            try {
                lambda.deleteFunction(request -> request.functionName(function).qualifier(Integer.toString(version)));
                return true;
            } catch (ResourceNotFoundException e) {
                return true;
            } catch (ResourceConflictException e) {
                return false;
            }
        });
    }

    /** The state of a version, or of {@code $LATEST} where none is named; empty where there is no such version. */
    Optional<GetFunctionConfigurationResponse> configuration(@Nullable Integer version) {
        return reading(
                "read function " + function,
                () -> lambda.getFunctionConfiguration(request ->
                        request.functionName(function).qualifier(version == null ? null : Integer.toString(version))));
    }

    /** The hash of the code that the next published version would have; empty where there is no function. */
    Optional<String> latestCode() {
        return configuration(null).map(latest -> hex(latest.codeSha256()));
    }

    /** Replaces the code of {@code $LATEST} by an object in S3, and waits until Lambda has taken it over. */
    void putCode(String bucket, String key) throws InterruptedException {
        failures.during(
                "put the code of function " + function + " back",
                () -> lambda.updateFunctionCode(request ->
                        request.functionName(function).s3Bucket(bucket).s3Key(key)));
        awaitUpdate();
    }

    /** Replaces the code of {@code $LATEST}, and waits until Lambda has taken it over. */
    void putCode(byte[] zip) throws InterruptedException {
        failures.during(
                "upload the code of function " + function,
                () -> lambda.updateFunctionCode(
                        request -> request.functionName(function).zipFile(SdkBytes.fromByteArrayUnsafe(zip))));
        awaitUpdate();
    }

    /**
     * Publishes {@code $LATEST} and waits until the version can be invoked.
     *
     * @param sha256 the code that is expected in it, in hexadecimal; Lambda refuses to publish another
     */
    int publish(String sha256, String description) throws InterruptedException {
        String number = failures.during("publish a version of function " + function, () -> lambda.publishVersion(
                        request -> request.functionName(function)
                                .codeSha256(Base64.getEncoder()
                                        .encodeToString(HexFormat.of().parseHex(sha256)))
                                .description(description))
                .version());
        int version = Integer.parseInt(number);
        awaitActive(version);
        return version;
    }

    /**
     * Waits until a version that is being made or woken up is ready.
     *
     * @throws StackException where it failed
     */
    void awaitActive(int version) throws InterruptedException {
        Backoff backoff = new Backoff(pace);
        while (true) {
            var now = configuration(version);
            if (now.isEmpty() || now.get().state() != State.PENDING) {
                refuseFailed(version, now);
                return;
            }
            backoff.pause();
        }
    }

    private void refuseFailed(int version, Optional<GetFunctionConfigurationResponse> now) {
        now.filter(state -> state.state() == State.FAILED).ifPresent(state -> {
            throw new StackException("Version " + version + " of function " + function + " can't be used: Lambda says "
                    + state.stateReasonCodeAsString() + ", " + state.stateReason() + ". Nothing was changed.");
        });
    }

    private void awaitUpdate() throws InterruptedException {
        Backoff backoff = new Backoff(pace);
        while (true) {
            var latest = configuration(null)
                    .orElseThrow(() -> new StackException(
                            "Function " + function + " went away while its code was replaced. Run the goal again."));
            if (latest.lastUpdateStatus() == LastUpdateStatus.FAILED) {
                throw new StackException("Lambda did not take over the code of function " + function + ": "
                        + latest.lastUpdateStatusReasonCodeAsString() + ", " + latest.lastUpdateStatusReason());
            }
            if (latest.lastUpdateStatus() != LastUpdateStatus.IN_PROGRESS) {
                return;
            }
            backoff.pause();
        }
    }

    private <T> Optional<T> reading(String doing, Supplier<T> call) {
        return failures.during(doing, () -> {
            try {
                return Optional.of(call.get());
            } catch (ResourceNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    private static PublishedVersion published(FunctionConfiguration version) {
        return new PublishedVersion(
                Integer.parseInt(version.version()),
                hex(version.codeSha256()),
                time(version.lastModified()),
                version.memorySize() == null ? 0 : version.memorySize(),
                version.description() == null ? "" : version.description());
    }

    private static Optional<Instant> time(@Nullable String lastModified) {
        try {
            return Optional.ofNullable(lastModified)
                    .map(text -> OffsetDateTime.parse(text, LAST_MODIFIED).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Lambda gives hashes in base 64; everything of ours is in hexadecimal. */
    private static String hex(@Nullable String base64) {
        try {
            return base64 == null
                    ? ""
                    : HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return base64;
        }
    }
}
