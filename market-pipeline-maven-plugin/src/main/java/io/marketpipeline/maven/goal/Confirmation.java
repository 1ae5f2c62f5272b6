package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks a person to type the environment's name before its stack goes, or takes over what another made. */
final class Confirmation {
    private final Console console;
    private final boolean askable;
    private final Supplier<Optional<String>> answer;

    /**
     * A confirmation.
     *
     * @param askable whether a person is there to answer
     * @param answer what is typed; empty where the input has ended
     */
    Confirmation(Console console, boolean askable, Supplier<Optional<String>> answer) {
        this.console = console;
        this.askable = askable;
        this.answer = answer;
    }

    /**
     * Returns if it is confirmed.
     *
     * @param deleteData whether the tables go, too
     * @throws UserFixableException if nobody can answer, or the answer is another
     */
    void require(PipelineConfig config, boolean deleteData) {
        String stack = config.names().stack();
        require(
                config,
                "Stack " + stack + " is deleted only on confirmation, and nobody can be asked"
                        + " here. Add -Dforce to delete it without a question. Nothing was touched.",
                "This deletes stack " + stack + (deleteData ? " WITH ITS TABLES AND ALL ROWS" : "; its tables stay"));
    }

    /**
     * Returns if the import is confirmed.
     *
     * @throws UserFixableException if nobody can answer, or the answer is another
     */
    void requireImport(PipelineConfig config) {
        String stack = config.names().stack();
        require(
                config,
                "The original's resources are taken over only on confirmation, and nobody can be asked here. Add -Dyes"
                        + " to go on without a question. Nothing was touched.",
                "This takes them into stack " + stack + " and deploys the pipeline over them");
    }

    private void require(PipelineConfig config, String nobody, String deed) {
        if (!askable) {
            throw new UserFixableException(nobody);
        }
        console.question(deed + ". Type the environment's name (" + config.environment() + ") to go on: ");
        String typed = answer.get().orElse("").strip();
        if (!typed.equals(config.environment())) {
            throw new UserFixableException(
                    "Not confirmed: '" + typed + "' is not '" + config.environment() + "'. Nothing was touched.");
        }
    }
}
