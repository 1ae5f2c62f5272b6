package io.marketpipeline.local.background;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Daemon threads that run tasks now, later or again and again. A task that fails is logged, and a repeated one is repeated
 * still. Once closed it drops what it is given, since nothing here outlives the endpoint. Thread-safe.
 */
public final class BackgroundWork implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);

    private final ScheduledThreadPoolExecutor threads;

    /**
     * Starts the threads.
     *
     * @param name of the threads, and in the log
     * @param count how many
     */
    public BackgroundWork(String name, int count) {
        threads = new ScheduledThreadPoolExecutor(count, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs a task as soon as a thread is free. */
    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    /** Runs a task after a delay. */
    public void after(Duration delay, Runnable task) {
        try {
            ignore(threads.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            LOG.debug("Dropped, because the endpoint is ending: {}", task);
        }
    }

    /** Runs a task every time so many milliseconds have passed since it last ended. */
    public void every(long millis, Runnable task) {
        ignore(threads.scheduleWithFixedDelay(guarded(task), millis, millis, TimeUnit.MILLISECONDS));
    }

    /** Ends the threads; what runs is interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static void ignore(Future<?> unused) {
        // The task tells of its own failure, below.
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // An error, too: it would end a repeated task without a word.
                LOG.error("Work in the background failed", e);
            }
        };
    }
}
