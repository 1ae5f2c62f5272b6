package io.marketpipeline.maven.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The calls that policies are made of are those that the goals' code reaches. */
class GoalCallsTest {
    private static final Path FILE = Path.of("src/main/resources/io/marketpipeline/maven/permission/goal-calls.txt");

    @Test
    void callsAreThoseThatTheCompiledGoalsReach() throws IOException {
        String reached = text(new ReachedCalls().byGoal());
        if (Boolean.getBoolean("calls.write")) {
            Files.writeString(FILE, reached);
        }

        assertThat(FILE)
                .as("run this test with -Dcalls.write=true to write it anew")
                .content()
                .isEqualTo(reached);
    }

    @Test
    void callsAreReadAsTheyAreWritten() throws IOException {
        StringBuilder written = new StringBuilder();
        GoalCalls.read().byGoal().forEach((goal, calls) -> written.append(line(goal, calls)));

        assertThat(FILE).content().isEqualTo(written.toString());
    }

    private static String text(Map<String, Set<String>> calls) {
        StringBuilder text = new StringBuilder();
        calls.forEach((goal, operations) -> text.append(line(goal, operations)));
        return text.toString();
    }

    private static String line(String goal, Set<String> operations) {
        return operations.isEmpty() ? "" : goal + ": " + String.join(" ", operations) + "\n";
    }
}
