package io.marketpipeline.publish;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events that wait, handed out in batches that one request may hold. Thread-safe. Its length is bounded by the
 * publisher, which counts what is in flight, too.
 */
final class BatchQueue {
    /** {@code PutEvents} takes 1 to 10 entries (EventBridge API reference). */
    static final int MAX_ENTRIES = 10;

    private final int maxBytes;
    private final Duration linger;
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    /**
     * A queue.
     *
     * @param maxBytes sum of the sizes in a batch; a larger event goes alone
     * @param linger how long a batch waits to be filled
     */
    BatchQueue(int maxBytes, Duration linger) {
        this.maxBytes = maxBytes;
        this.linger = linger;
    }

    /** Adds an event; false if the queue is closed. */
    boolean offer(Pending event) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            waiting.addLast(event);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more events; what waits is still handed out, without lingering. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a batch; empty once the queue is closed and nothing waits. */
    List<Pending> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                while (waiting.isEmpty() && !closed) {
                    changed.await();
                }
                if (waiting.isEmpty()) {
                    return List.of();
                }
                awaitFullBatch();
                if (!waiting.isEmpty()) {
                    return takeBatch();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Hands out all that waits. */
    List<Pending> drain() {
        lock.lock();
        try {
            List<Pending> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void awaitFullBatch() throws InterruptedException {
        long nanos = linger.toNanos();
        while (!closed && !waiting.isEmpty() && waiting.size() < MAX_ENTRIES && nanos > 0) {
            nanos = changed.awaitNanos(nanos);
        }
    }

    private List<Pending> takeBatch() {
        List<Pending> batch = new ArrayList<>(MAX_ENTRIES);
        int bytes = 0;
        while (!waiting.isEmpty() && batch.size() < MAX_ENTRIES) {
            int size = waiting.getFirst().size();
            if (!batch.isEmpty() && bytes + size > maxBytes) {
                break;
            }
            bytes += size;
            batch.add(waiting.removeFirst());
        }
        return batch;
    }
}
