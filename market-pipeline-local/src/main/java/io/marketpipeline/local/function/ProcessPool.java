package io.marketpipeline.local.function;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one version of a function and the invocations that wait for them. Processes are started when
 * invocations wait, up to a limit, take the next invocation themselves, and end when there was none for a while.
 * Thread-safe.
 */
final class ProcessPool {
    private final IntSupplier limit;
    private final long idleNanos;
    private final Function<ProcessPool, FunctionProcess> factory;
    private final Deque<Invocation> pending = new ArrayDeque<>();
    private final Set<FunctionProcess> processes = new HashSet<>();
    private final Set<FunctionProcess> starting = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<FunctionProcess> waiting = new HashSet<>();
    private boolean closed;

    /**
     * Creates a pool without processes.
     *
     * @param limit processes at most
     * @param idleMillis after which a process without work ends
     * @param factory makes a process, which the pool starts
     */
    ProcessPool(IntSupplier limit, long idleMillis, Function<ProcessPool, FunctionProcess> factory) {
        this.limit = limit;
        this.idleNanos = TimeUnit.MILLISECONDS.toNanos(idleMillis);
        this.factory = factory;
    }

    /**
     * Adds an invocation.
     *
     * @param urgent true if somebody waits for the answer: it goes before those that nobody waits for
     * @return false if the pool was retired and takes no more
     */
    boolean submit(Invocation invocation, boolean urgent) {
        FunctionProcess started;
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (urgent) {
                pending.addFirst(invocation);
            } else {
                pending.addLast(invocation);
            }
            changed.signalAll();
            started = processIfNeeded();
        } finally {
            lock.unlock();
        }
        start(started);
        return true;
    }

    /** Waits for the next invocation; null if the process is to end. */
    @Nullable
    Invocation take(FunctionProcess process) throws InterruptedException {
        List<Invocation> expired = new ArrayList<>();
        lock.lock();
        try {
            starting.remove(process);
            long left = idleNanos;
            while (true) {
                // One that was killed while it waited must take nothing: nobody would ever answer.
                Invocation next = processes.contains(process) ? pending.pollFirst() : null;
                if (next != null && next.expired()) {
                    expired.add(next);
                } else if (next != null) {
                    return next;
                } else if (closed || left <= 0 || !processes.contains(process)) {
                    processes.remove(process);
                    return null;
                } else if (!expired.isEmpty()) {
                    completeExpired(expired);
                } else {
                    waiting.add(process);
                    left = changed.awaitNanos(left);
                    waiting.remove(process);
                }
            }
        } finally {
            waiting.remove(process);
            lock.unlock();
            completeExpired(expired);
        }
    }

    /**
     * Takes note that a process has ended.
     *
     * @param failure why it never became ready, which one waiting invocation is told; null if it did
     */
    void ended(FunctionProcess process, @Nullable InvocationResult failure) {
        Invocation unlucky = null;
        FunctionProcess started;
        lock.lock();
        try {
            processes.remove(process);
            starting.remove(process);
            waiting.remove(process);
            if (failure != null) {
                unlucky = pending.pollFirst();
            }
            started = processIfNeeded();
        } finally {
            lock.unlock();
        }
        if (unlucky != null && failure != null) {
            unlucky.completion().accept(failure);
        }
        start(started);
    }

    /** Looks after processes that take too long. */
    void checkTimes() {
        List<FunctionProcess> all;
        lock.lock();
        try {
            all = List.copyOf(processes);
        } finally {
            lock.unlock();
        }
        all.forEach(FunctionProcess::checkTime);
    }

    /** Invocations that run or wait. */
    int load() {
        lock.lock();
        try {
            return pending.size() + processes.size() - waiting.size() - starting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Lets running invocations end, ends the processes then, and returns the invocations that wait. */
    List<Invocation> retire() {
        lock.lock();
        try {
            closed = true;
            List<Invocation> left = List.copyOf(pending);
            pending.clear();
            changed.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it takes nothing more, and nothing runs in it. */
    boolean hasEnded() {
        lock.lock();
        try {
            return closed && processes.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all processes at once. */
    void kill() {
        List<FunctionProcess> all;
        lock.lock();
        try {
            closed = true;
            pending.clear();
            all = List.copyOf(processes);
            processes.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        all.forEach(FunctionProcess::close);
    }

    private @Nullable FunctionProcess processIfNeeded() {
        if (closed
                || pending.size() <= waiting.size() + starting.size()
                || processes.size() >= Math.max(1, limit.getAsInt())) {
            return null;
        }
        FunctionProcess process = factory.apply(this);
        processes.add(process);
        starting.add(process);
        return process;
    }

    private static void start(@Nullable FunctionProcess process) {
        if (process != null) {
            process.start();
        }
    }

    private static void completeExpired(List<Invocation> expired) {
        expired.forEach(
                invocation -> invocation.completion().accept(InvocationResult.of(InvocationResult.Kind.EXPIRED)));
        expired.clear();
    }
}
