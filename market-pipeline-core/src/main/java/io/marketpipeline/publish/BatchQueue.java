package io.marketpipeline.publish;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Entries that wait, handed out in batches that one request may hold, and packs that are still being filled. Thread-safe. Its length is bounded by the
 * publisher, which counts what is in flight, too.
 */
final class BatchQueue {
    /** {@code PutEvents} takes 1 to 10 entries (EventBridge API reference). */
    static final int MAX_ENTRIES = 10;

    private final int maxBytes;
    private final Duration linger;
    private final @Nullable Packs packs;
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    /**
     * A queue.
     *
     * @param maxBytes sum of the sizes in a batch; a larger event goes alone
     * @param linger how long a batch, or a pack, waits to be filled
     * @param packs where events wait to be packed; null where each is an entry of its own
     */
    BatchQueue(int maxBytes, Duration linger, @Nullable Packs packs) {
        this.maxBytes = maxBytes;
        this.linger = linger;
        this.packs = packs;
    }

    /** Adds an event; false if the queue is closed. */
    boolean offer(OutgoingEvent event, int size) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (packs == null) {
                waiting.addLast(Pending.of(event, size));
            } else {
                packs.add(event, System.nanoTime()).ifPresent(waiting::addLast);
            }
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
                awaitEntry();
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
            sealPacks();
            List<Pending> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Until there is an entry, or the queue is closed and there is none. */
    private void awaitEntry() throws InterruptedException {
        takeDuePacks();
        while (waiting.isEmpty()) {
            if (closed) {
                sealPacks();
                return;
            }
            if (packs == null || packs.isEmpty()) {
                changed.await();
            } else {
                long unused = changed.awaitNanos(packs.nanosLeft(System.nanoTime()));
            }
            takeDuePacks();
        }
    }

    /** Also while others wait: a detail type that is always full must not keep another's pack from going. */
    private void takeDuePacks() {
        if (packs != null) {
            waiting.addAll(packs.due(System.nanoTime()));
        }
    }

    private void sealPacks() {
        if (packs != null) {
            waiting.addAll(packs.all());
        }
    }

    private void awaitFullBatch() throws InterruptedException {
        // A pack has waited already, and fills a request.
        long nanos = packs == null ? linger.toNanos() : 0;
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
