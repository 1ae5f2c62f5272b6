package io.marketpipeline.puts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of a batch at once, up to a limit; a batch of one on the caller's thread alone. Threads are made when the
 * first real batch comes and end when idle.
 */
public final class ParallelCalls implements AutoCloseable {
    private final int limit;
    private @Nullable ThreadPoolExecutor threads;

    /** At most a number of calls at once. */
    public ParallelCalls(int limit) {
        this.limit = limit;
    }

    private synchronized ThreadPoolExecutor threads() {
        ThreadPoolExecutor made = threads;
        if (made == null) {
            made = new ThreadPoolExecutor(limit, limit, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "market-pipeline-puts");
                thread.setDaemon(true);
                return thread;
            });
            made.allowCoreThreadTimeOut(true);
            threads = made;
        }
        return made;
    }

    /** One result per item, in the items' order. The call must not throw. */
    public <T, R> List<R> map(List<T> items, Function<T, R> call) {
        if (items.size() == 1) {
            return List.of(call.apply(items.get(0)));
        }
        Object[] results = new Object[items.size()];
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < results.length; i = next.getAndIncrement()) {
                results[i] = call.apply(items.get(i));
            }
        };
        List<CompletableFuture<Void>> others = new ArrayList<>(limit);
        for (int i = 1; i < Math.min(limit, items.size()); i++) {
            others.add(CompletableFuture.runAsync(worker, threads()));
        }
        worker.run();
        others.forEach(CompletableFuture::join);
        @SuppressWarnings("unchecked") // only results of the call were put in
        List<R> list = (List<R>) Arrays.asList(results);
        return list;
    }

    @Override
    public synchronized void close() {
        if (threads != null) {
            threads.shutdown();
        }
    }
}
