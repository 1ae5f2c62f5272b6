package io.marketpipeline.maven.permission;

import io.marketpipeline.maven.config.UserFixableException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What somebody does with a pipeline; each has a policy of its own. */
public enum Task {
    /** Makes, changes and removes the stack. */
    DEPLOY,
    /** Publishes, and deals with failed events. */
    OPERATE,
    /** Looks at outputs, rows, records and logs, and changes nothing. */
    READ;

    /**
     * The tasks that a switch names.
     *
     * @param word a task's, or {@code all}
     * @throws UserFixableException if it is another
     */
    public static List<Task> named(String word) {
        if (word.equals("all")) {
            return List.of(values());
        }
        return Arrays.stream(values())
                .filter(task -> task.word().equals(word))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new UserFixableException(
                        "-Dtask is '" + word + "', must be deploy, operate, read or all; example: -Dtask=read"));
    }

    /** The word in file names and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
