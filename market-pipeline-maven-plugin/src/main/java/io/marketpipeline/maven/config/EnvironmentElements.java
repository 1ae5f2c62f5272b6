package io.marketpipeline.maven.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lays an environment's elements over the common ones. */
final class EnvironmentElements {
    private static final String ENVIRONMENTS = "environments";
    private static final String NAME = "name";
    private static final String ALLOWED = "letters, digits and single hyphens";

    private EnvironmentElements() {}

    /**
     * The common elements with those of the environment's {@code <environment>} on top, where there is one. In it
     * {@code <name>} is the environment's, so the prefix of all names is the same everywhere.
     */
    static Element effective(Element configuration, Optional<String> environment, List<Problem> problems) {
        checkSwitch(environment, problems);
        Element common = configuration.without(ENVIRONMENTS);
        Optional<Element> own = Optional.empty();
        Set<String> seen = new LinkedHashSet<>();
        for (Element candidate :
                configuration.child(ENVIRONMENTS).map(Element::children).orElse(List.of())) {
            Optional<String> name = candidate.child(NAME).flatMap(Element::text);
            checkName(name, seen, problems);
            if (name.isPresent() && name.equals(environment)) {
                own = Optional.of(candidate.without(NAME));
            }
        }
        return own.map(common::overriddenBy).orElse(common);
    }

    private static void checkSwitch(Optional<String> environment, List<Problem> problems) {
        if (environment.isEmpty() || !isName(environment.get())) {
            problems.add(Problem.of("-Denv", environment, "the name of the environment: " + ALLOWED, "-Denv=dev"));
        }
    }

    private static void checkName(Optional<String> name, Set<String> seen, List<Problem> problems) {
        String path = "<environments><environment><name>";
        String example = "<name>prod</name>";
        if (name.isEmpty() || !isName(name.get())) {
            problems.add(Problem.of(path, name, ALLOWED, example));
        } else if (!seen.add(name.get())) {
            problems.add(Problem.of(path, name, "another name than the environments above have", example));
        }
    }

    private static boolean isName(String name) {
        return name.matches("[A-Za-z0-9]+(-[A-Za-z0-9]+)*");
    }
}
