package io.marketpipeline.maven.output;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;

/** Finds out whether a person sits in front of this process. */
public final class Terminal {
    private Terminal() {}

    /**
     * Whether input and output are a terminal that can redraw a line.
     *
     * @param environment the process's environment; {@code TERM=dumb} and {@code CI} mean no
     */
    public static boolean attached(Map<String, String> environment) {
        return attachedForQuestions()
                && !"dumb".equals(environment.get("TERM"))
                && environment.getOrDefault("CI", "").isEmpty();
    }

    /** Whether a question would be read and answered by a person. */
    @SuppressWarnings("SystemConsoleNull") // null still means no terminal on 17; isTerminal() answers from 22 on
    public static boolean attachedForQuestions() {
        var console = System.console();
        if (console == null) {
            return false;
        }
        // From Java 22 on a console is there without a terminal, too; isTerminal() tells.
        // https://docs.oracle.com/en/java/javase/22/docs/api/java.base/java/io/Console.html#isTerminal()
        try {
            Method isTerminal = java.io.Console.class.getMethod("isTerminal");
            return Boolean.TRUE.equals(isTerminal.invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** What a person types, up to the end of the line; empty where nobody can or the input has ended. */
    @SuppressWarnings("SystemConsoleNull") // as above
    public static Optional<String> answer() {
        return attachedForQuestions()
                ? Optional.ofNullable(System.console()).map(java.io.Console::readLine)
                : Optional.empty();
    }

    /** Whether colours are wanted, by the convention of {@code NO_COLOR}. */
    public static boolean colours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
