package io.marketpipeline.maven.artifact;

import io.marketpipeline.maven.config.FunctionConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which dependencies the function needs. What it is known not to use is left out, unless a class of the project or of a
 * library that isn't known names it; the pom's {@code <excludes>} and {@code <includes>} have the last word.
 */
final class DependencyFilter {
    /** Libraries whose use of what is left out is known: through ways that the function doesn't take. */
    private static final List<String> KNOWN_USERS =
            List.of("software.amazon.awssdk:*", "io.marketpipeline:*", "io.netty:*", "org.reactivestreams:*");

    private static final String SDK = "software/amazon/awssdk/";

    /**
     * What the function doesn't use.
     *
     * @param pattern of {@code groupId:artifactId}
     * @param packagePrefix a class that names it needs the dependency; empty where none can, as of annotations
     */
    private record Unneeded(String pattern, String packagePrefix) {}

    private static final List<Unneeded> UNNEEDED = List.of(
            // Asynchronous clients only; the function's are synchronous.
            new Unneeded("software.amazon.awssdk:netty-nio-client", "software/amazon/awssdk/http/nio/netty/"),
            new Unneeded("io.netty:*", "io/netty/"),
            // The publisher's; a function that publishes names it.
            new Unneeded("software.amazon.awssdk:eventbridge", "software/amazon/awssdk/services/eventbridge/"),
            // Annotations that a class loads without.
            new Unneeded("org.jspecify:jspecify", ""),
            new Unneeded("software.amazon.awssdk:annotations", ""),
            new Unneeded("com.google.errorprone:error_prone_annotations", ""));

    /** The SDK and what only it brings: left out where the function writes without it and nobody else names them. */
    private static final List<Unneeded> SDK_AND_ITS_OWN = List.of(
            new Unneeded("software.amazon.awssdk:*", SDK),
            new Unneeded("software.amazon.eventstream:*", "software/amazon/eventstream/"),
            new Unneeded("org.apache.httpcomponents:*", "org/apache/http/"),
            new Unneeded("commons-codec:commons-codec", "org/apache/commons/codec/"),
            new Unneeded("commons-logging:commons-logging", "org/apache/commons/logging/"),
            new Unneeded("org.reactivestreams:reactive-streams", "org/reactivestreams/"),
            new Unneeded("org.slf4j:slf4j-api", "org/slf4j/"));

    private final boolean writesWithSdk;
    private final List<Pattern> excludes;
    private final List<Pattern> includes;

    DependencyFilter(FunctionConfig function) {
        this.writesWithSdk = function.client() == FunctionConfig.Client.SDK;
        this.excludes =
                function.excludes().stream().map(DependencyFilter::pattern).toList();
        this.includes =
                function.includes().stream().map(DependencyFilter::pattern).toList();
    }

    /** In the order of the project's dependencies. */
    List<Dependency> needed(ProjectFiles project) throws IOException {
        List<Path> unknownUsers = new ArrayList<>(List.of(project.classes()));
        for (Dependency dependency : project.dependencies()) {
            if (KNOWN_USERS.stream().noneMatch(known -> matches(pattern(known), dependency))
                    && (writesWithSdk || ofSdk(dependency).isEmpty())) {
                unknownUsers.add(dependency.file());
            }
        }
        Set<Dependency> sdk = writesWithSdk ? Set.of() : neededOfSdk(project, unknownUsers);
        List<Dependency> needed = new ArrayList<>();
        for (Dependency dependency : project.dependencies()) {
            if (isNeeded(dependency, unknownUsers, sdk)) {
                needed.add(dependency);
            }
        }
        return needed;
    }

    /** What the project's own code needs of the SDK, and what that needs in turn. */
    private static Set<Dependency> neededOfSdk(ProjectFiles project, List<Path> users) throws IOException {
        Set<Dependency> needed = new LinkedHashSet<>();
        List<Path> asking = users;
        while (!asking.isEmpty()) {
            List<Path> next = new ArrayList<>();
            for (Dependency dependency : project.dependencies()) {
                Optional<Unneeded> candidate = ofSdk(dependency);
                if (candidate.isPresent()
                        && !needed.contains(dependency)
                        && isNamed(candidate.get().packagePrefix(), asking)) {
                    needed.add(dependency);
                    next.add(dependency.file());
                }
            }
            asking = next;
        }
        return needed;
    }

    private static Optional<Unneeded> ofSdk(Dependency dependency) {
        return SDK_AND_ITS_OWN.stream()
                .filter(part -> matches(pattern(part.pattern()), dependency))
                .findFirst();
    }

    private boolean isNeeded(Dependency dependency, List<Path> unknownUsers, Set<Dependency> sdk) throws IOException {
        if (includes.stream().anyMatch(include -> matches(include, dependency))) {
            return true;
        }
        if (excludes.stream().anyMatch(exclude -> matches(exclude, dependency))) {
            return false;
        }
        for (Unneeded unneeded : UNNEEDED) {
            if (matches(pattern(unneeded.pattern()), dependency)) {
                return !unneeded.packagePrefix().isEmpty() && isNamed(unneeded.packagePrefix(), unknownUsers);
            }
        }
        return writesWithSdk || ofSdk(dependency).isEmpty() || sdk.contains(dependency);
    }

    private static boolean isNamed(String packagePrefix, List<Path> users) throws IOException {
        for (Path user : users) {
            if (ClassFiles.mention(user, packagePrefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(Pattern pattern, Dependency dependency) {
        return pattern.matcher(dependency.key()).matches();
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(("\\Q" + text + "\\E").replace("*", "\\E.*\\Q"));
    }
}
