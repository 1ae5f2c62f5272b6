package io.marketpipeline.maven.stack;

/**
 * Something that must not be left behind: it is done on {@link #now}, and also where Maven is ended before (Ctrl-C, a CI
 * job that is cancelled). Not thread-safe.
 */
final class TidyUp {
    private final Step step;
    private final Thread hook;
    private boolean open = true;

    private TidyUp(Step step) {
        this.step = step;
        this.hook = new Thread(this::atExit, "tidy-up");
    }

    /** What is to be done. */
    @FunctionalInterface
    interface Step {
        void run() throws InterruptedException;
    }

    /** Will do the step. */
    static TidyUp with(Step step) {
        TidyUp tidyUp = new TidyUp(step);
        Runtime.getRuntime().addShutdownHook(tidyUp.hook);
        return tidyUp;
    }

    /** There is nothing to tidy up any more. */
    void forget() {
        open = false;
        removeHook();
    }

    /** Does the step, unless it is done or forgotten. */
    void now() throws InterruptedException {
        if (!open) {
            return;
        }
        open = false;
        if (removeHook()) {
            step.run();
        } else {
            // What the step needs, such as clients, is closed after this.
            hook.join();
        }
    }

    /** False where Maven is ending: the hook does the step then. */
    private boolean removeHook() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void atExit() {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
