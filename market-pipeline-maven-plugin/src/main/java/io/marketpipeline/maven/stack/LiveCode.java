package io.marketpipeline.maven.stack;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps what CloudFormation believes of the function's code true: where the alias points, and what code the next version
 * would be published from. Both are moved without it, by a rollback, a fast deployment or by hand, and it changes only
 * what its template changes. Not thread-safe.
 */
final class LiveCode {
    private static final String VERSION_TYPE = "AWS::Lambda::Version";
    private static final Pattern NUMBER_AT_END = Pattern.compile("(?:^|:)([0-9]{1,9})$");
    private static final Pattern CODE_KEY = Pattern.compile("(?m)^ +S3Key: *[\"']?functions/([0-9a-f]{64})\\.zip");

    private final FunctionVersions versions;
    private final StackReader reader;
    private final String stack;

    LiveCode(FunctionVersions versions, StackReader reader, String stack) {
        this.versions = versions;
        this.reader = reader;
        this.stack = stack;
    }

    /** The hash of the function's code in a template; empty where it has no such function. */
    static Optional<String> codeIn(String template) {
        Matcher key = CODE_KEY.matcher(template);
        return key.find() ? Optional.of(key.group(1)) : Optional.empty();
    }

    /** The version that the stack's template stands for; empty where the stack has none. */
    OptionalInt deployedVersion() {
        return reader.resources(stack).stream()
                .filter(resource -> VERSION_TYPE.equals(resource.resourceType()))
                .filter(resource ->
                        !String.valueOf(resource.resourceStatusAsString()).startsWith("DELETE_"))
                .map(resource -> NUMBER_AT_END.matcher(String.valueOf(resource.physicalResourceId())))
                .filter(Matcher::find)
                .mapToInt(number -> Integer.parseInt(number.group(1)))
                .max();
    }

    /** What differs from a plain deployment, in words; empty where nothing does or the function isn't there. */
    Optional<String> deviation(String code) {
        OptionalInt deployed = deployedVersion();
        Optional<LiveAlias> live = versions.live();
        if (deployed.isEmpty() || live.isEmpty()) {
            return Optional.empty();
        }
        if (!live.get().pointsTo(deployed.getAsInt())) {
            return Optional.of("live points to " + live.get().words() + reason(live.get()));
        }
        return versions.latestCode()
                .filter(latest -> !latest.equals(code))
                .map(latest -> "the function's unpublished code was replaced");
    }

    /**
     * Points the alias to the version that the stack stands for.
     *
     * @return what was done, in words; empty where nothing was to do
     */
    Optional<String> restoreAlias() {
        OptionalInt deployed = deployedVersion();
        Optional<LiveAlias> live = versions.live();
        if (deployed.isEmpty() || live.isEmpty()) {
            return Optional.empty();
        }
        LiveAlias now = live.get();
        boolean noted = AliasNote.isRollback(now.description()) || AliasNote.isFast(now.description());
        if (now.pointsTo(deployed.getAsInt()) && !noted) {
            return Optional.empty();
        }
        versions.point(now, deployed.getAsInt(), AliasNote.DEPLOYED);
        return now.pointsTo(deployed.getAsInt())
                ? Optional.empty()
                : Optional.of("live pointed to " + now.words() + reason(now) + ", and points to version "
                        + deployed.getAsInt() + " again");
    }

    /**
     * Puts the alias back after a failed deployment: CloudFormation's way back leads to the version that it knew, which
     * may be the very one that was rolled back.
     *
     * @return what was done, in words; empty where nothing was to do
     */
    Optional<String> putBack(Optional<LiveAlias> before) {
        Optional<LiveAlias> now = versions.live();
        if (before.isEmpty()
                || now.isEmpty()
                || before.get().version().equals(now.get().version())
                || !before.get().version().matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        int version = Integer.parseInt(before.get().version());
        versions.point(now.get(), version, before.get().description());
        return Optional.of("live points to version " + version + " again, as before");
    }

    /**
     * Deletes the oldest versions. Those that an alias uses and the stack's own stay, whatever their age.
     *
     * @param keep how many stay at least
     * @return the numbers that are gone
     */
    List<Integer> prune(int keep) {
        Set<Integer> needed = versions.referenced().stream()
                .filter(version -> version.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        deployedVersion().ifPresent(needed::add);
        return surplus(versions.published(), needed, keep).stream()
                .filter(versions::delete)
                .toList();
    }

    /** Numbers beyond the newest {@code keep}, the needed ones counting first; ascending. */
    static List<Integer> surplus(List<PublishedVersion> published, Set<Integer> needed, int keep) {
        long places = Math.max(
                0,
                keep
                        - published.stream()
                                .filter(version -> needed.contains(version.number()))
                                .count());
        return published.stream()
                .map(PublishedVersion::number)
                .filter(number -> !needed.contains(number))
                .sorted(Comparator.reverseOrder())
                .skip(places)
                .sorted()
                .toList();
    }

    private static String reason(LiveAlias alias) {
        if (AliasNote.isRollback(alias.description())) {
            return " after a rollback";
        }
        return AliasNote.isFast(alias.description()) ? " after a fast deployment" : ", which nobody has explained";
    }
}
