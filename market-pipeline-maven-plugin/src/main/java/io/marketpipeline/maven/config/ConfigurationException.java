package io.marketpipeline.maven.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is wrong; carries every problem that was found, not only the first. */
public final class ConfigurationException extends UserFixableException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigurationException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the configuration's elements. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        return problems.stream()
                .map(problem -> "  - " + problem)
                .collect(Collectors.joining(
                        "\n",
                        "The configuration of market-pipeline-maven-plugin has "
                                + (problems.size() == 1 ? "a problem" : problems.size() + " problems")
                                + "; nothing was touched:\n",
                        ""));
    }
}
