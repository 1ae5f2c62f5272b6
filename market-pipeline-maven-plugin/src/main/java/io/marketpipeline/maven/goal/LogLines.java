package io.marketpipeline.maven.goal;

import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import org.apache.maven.plugin.logging.Log;

/**
 * Lines of Maven's log, and what is said when the process ends. A hook of Maven's own then takes the colours off the stream
 * beneath the log while other hooks run, and what these write through it is garbled, or fails with a
 * {@code NumberFormatException} from the escape that the other thread is writing. So last words go past the log.
 * Thread-safe.
 */
final class LogLines {
    private final Log log;
    private final PrintStream lastWords;
    private final BooleanSupplier ending;

    /**
     * Lines of a log.
     *
     * @param lastWords takes what is written once the process ends
     * @param ending whether it does
     */
    LogLines(Log log, PrintStream lastWords, BooleanSupplier ending) {
        this.log = log;
        this.lastWords = lastWords;
        this.ending = ending;
    }

    void info(String line) {
        if (!ending.getAsBoolean()) {
            log.info(line);
        } else if (log.isInfoEnabled()) {
            lastWords.println("[INFO] " + line);
        }
    }

    void warn(String line) {
        if (!ending.getAsBoolean()) {
            log.warn(line);
        } else if (log.isWarnEnabled()) {
            lastWords.println("[WARNING] " + line);
        }
    }

    /** Whether this process is ending: no hook can be added any more. */
    static boolean processIsEnding() {
        Thread probe = new Thread(() -> {}, "probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
