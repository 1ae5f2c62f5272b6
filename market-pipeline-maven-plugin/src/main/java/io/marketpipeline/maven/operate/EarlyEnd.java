package io.marketpipeline.maven.operate;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work come to an orderly end where its process is ended before (Ctrl-C, a CI job that is cancelled): the working
 * thread is interrupted, gets a moment to note what is under way, and then the last words are said. Made by the thread that
 * works, closed by it when the work is done.
 */
final class EarlyEnd implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration patience;
    private final Runnable lastWords;
    private final Thread hook;
    private volatile boolean interruptible = true;
    private volatile boolean begun;

    private EarlyEnd(Duration patience, Runnable lastWords) {
        this.patience = patience;
        this.lastWords = lastWords;
        this.hook = new Thread(this::end, "market-pipeline-early-end");
    }

    /**
     * Watches the calling thread's work.
     *
     * @param patience how long the work may take to end
     * @param lastWords said by another thread
     */
    static EarlyEnd of(Duration patience, Runnable lastWords) {
        EarlyEnd end = new EarlyEnd(patience, lastWords);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** The work is about to end by itself; an interrupt would only cut it short. */
    void finishing() {
        interruptible = false;
    }

    /** Whether the process is being ended: what is to be said then, the last words say. */
    boolean hasBegun() {
        return begun;
    }

    /** What the process does at its end; tests call it. */
    void end() {
        begun = true;
        if (interruptible) {
            worker.interrupt();
        }
        try {
            var unused = done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lastWords.run();
    }

    /** The work is done. Where the process is being ended, this waits for the last words, so that nothing else is said. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            begun = true;
            awaitLastWords();
        }
    }

    private void awaitLastWords() {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
