package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.output.Console;

/** Ends Maven with a status that it has no way to ask for: a goal can only succeed (0) or fail (1). */
final class ExitStatus {
    private static final int CHANGES = 2;

    private ExitStatus() {}

    /** There are changes; as Terraform's {@code -detailed-exitcode}. Runs shutdown hooks and does not return. */
    static void changes(Console console) {
        console.line("Exit status " + CHANGES + ": there are changes (-DdetailedExitCode)");
        System.out.flush();
        System.err.flush();
        System.exit(CHANGES);
    }
}
