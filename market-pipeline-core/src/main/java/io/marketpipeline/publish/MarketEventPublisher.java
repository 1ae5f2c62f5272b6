package io.marketpipeline.publish;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/**
 * Sends events to a bus: in batches of ten within the size limit of a request, or packed into few large entries, several requests at once, only the
 * events that failed again. {@link #publish} waits when too many are on their way; {@link #close} sends what waits and
 * returns when each event is accepted, refused or given up. Order isn't kept, as EventBridge keeps none. Thread-safe.
 */
public final class MarketEventPublisher implements AutoCloseable {
    private final PublishListener listener;
    private final int warnBytes;
    private final int maxEntryBytes;
    private final int maxInFlight;
    private final Semaphore inFlight;
    private final BatchQueue queue;
    private final BatchSender sender;
    private final Pacer pacer;
    private final List<Thread> workers;
    private final ReentrantLock telling = new ReentrantLock();
    private volatile @Nullable RuntimeException listenerFailure;

    private MarketEventPublisher(Builder settings) {
        this.listener = settings.listener;
        this.warnBytes = settings.warnBytes;
        this.maxEntryBytes = settings.maxEntryBytes;
        this.maxInFlight = settings.maxInFlight > 0
                ? settings.maxInFlight
                : settings.packed ? Builder.IN_FLIGHT_PACKED : Builder.IN_FLIGHT;
        this.inFlight = new Semaphore(maxInFlight);
        Packs packs = settings.packed ? new Packs(settings.packBytes(), settings.linger) : null;
        this.queue = new BatchQueue(settings.maxRequestBytes, settings.linger, packs);
        this.pacer = new Pacer(settings.eventsPerSecond, System::nanoTime, settings.pause);
        this.sender = new BatchSender(settings.client, settings, new SerialListener());
        this.workers = IntStream.rangeClosed(1, settings.requests)
                .mapToObj(i -> worker("market-event-publisher-" + i))
                .toList();
    }

    /**
     * Begins the settings of a publisher.
     *
     * @param client stays the caller's, who closes it after the publisher; its own retries come before the publisher's
     * @param bus name or ARN of the event bus
     */
    public static Builder builder(EventBridgeClient client, String bus) {
        return new Builder(client, bus);
    }

    /**
     * Takes an event to be sent; waits while {@code maxInFlight} events are on their way, and for its turn where there is
     * a rate. What becomes of it, the listener hears.
     *
     * @throws IllegalStateException if the publisher is closed, or the listener failed
     */
    public void publish(OutgoingEvent event) throws InterruptedException {
        Objects.requireNonNull(event, "event");
        requireListening();
        int size = event.entrySize();
        if (size > maxEntryBytes) {
            String message = "the entry has " + size + " bytes, the limit is " + maxEntryBytes;
            tell(List.of(new PublishResult.Refused(event, PublishResult.Refused.TOO_LARGE, message)));
            return;
        }
        if (size > warnBytes) {
            new SerialListener().onLargeEntry(event, size);
        }
        // Paced as they come, not as they go: batches and packs then wait for their linger time only.
        pacer.acquire(1);
        inFlight.acquire();
        if (!queue.offer(event, size)) {
            inFlight.release();
            throw new IllegalStateException("the publisher is closed");
        }
    }

    /**
     * Waits until each event that was taken is accepted, refused or given up.
     *
     * @throws IllegalStateException if the listener failed
     */
    public void flush() throws InterruptedException {
        inFlight.acquire(maxInFlight);
        inFlight.release(maxInFlight);
        requireListening();
    }

    /**
     * Sends what waits and returns when every event is done. If the calling thread is interrupted, what isn't sent yet
     * is told as {@link PublishResult.Refused#NOT_SENT}, and the interrupt flag stays set. Calling it again does
     * nothing.
     *
     * @throws IllegalStateException if the listener failed
     */
    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    workers.forEach(Thread::interrupt);
                }
            }
        }
        giveUp(queue.drain());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        requireListening();
    }

    private Thread worker(String name) {
        Thread thread = new Thread(this::work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void work() {
        try {
            for (List<Pending> batch = queue.next(); !batch.isEmpty(); batch = queue.next()) {
                sendOrGiveUp(batch);
            }
        } catch (InterruptedException e) {
            // Only close() interrupts, and gives up what waits when all workers are done.
            Thread.currentThread().interrupt();
        }
    }

    private void sendOrGiveUp(List<Pending> batch) {
        if (listenerFailure != null) {
            giveUp(batch);
            return;
        }
        sender.send(batch, this::finish);
    }

    private void giveUp(List<Pending> events) {
        List<PublishResult> results = new ArrayList<>(events.size());
        for (Pending pending : events) {
            results.addAll(
                    pending.failed(PublishResult.Refused.NOT_SENT, "the publisher was ended before it sent this"));
        }
        finish(results);
    }

    private void finish(List<PublishResult> results) {
        try {
            if (!results.isEmpty()) {
                tell(results);
            }
        } finally {
            inFlight.release(results.size());
        }
    }

    private void tell(List<PublishResult> results) {
        new SerialListener().onResults(results);
    }

    private void requireListening() {
        RuntimeException failure = listenerFailure;
        if (failure != null) {
            throw new IllegalStateException("the publisher's listener failed: " + failure.getMessage(), failure);
        }
    }

    /** Calls the user's listener, one thread at a time, and keeps its first failure instead of throwing it. */
    private final class SerialListener implements PublishListener {
        @Override
        public void onResults(List<PublishResult> results) {
            call(() -> listener.onResults(results));
        }

        @Override
        public void onLargeEntry(OutgoingEvent event, int bytes) {
            call(() -> listener.onLargeEntry(event, bytes));
        }

        @Override
        public void onRetry(int events, String code) {
            call(() -> listener.onRetry(events, code));
        }

        private void call(Runnable notification) {
            telling.lock();
            try {
                notification.run();
            } catch (RuntimeException e) {
                if (listenerFailure == null) {
                    listenerFailure = e;
                }
            } finally {
                telling.unlock();
            }
        }
    }

    /** Settings of a publisher; each has a default. For one thread. */
    public static final class Builder {
        private static final int KB = 1024;

        /** Unless told otherwise; with packs enough to fill some of them. */
        private static final int IN_FLIGHT = 1_000;

        private static final int IN_FLIGHT_PACKED = 20_000;

        /** What EventBridge and Lambda write around a detail; queues and Lambda count it. */
        private static final int ENVELOPE = 2 * KB;

        private final EventBridgeClient client;
        final String bus;
        private PublishListener listener = results -> {};
        private int warnBytes = 256 * KB;
        private int maxEntryBytes = 1024 * KB;
        private int maxRequestBytes = 256 * KB;
        private int maxInFlight;
        private boolean packed;
        private int requests = 4;
        private double eventsPerSecond;
        private Duration linger = Duration.ofMillis(20);
        int attempts = 10;
        InstantSource clock = InstantSource.system();
        Pause pause = Pause.SLEEP;
        DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        private Builder(EventBridgeClient client, String bus) {
            this.client = Objects.requireNonNull(client, "client");
            this.bus = Objects.requireNonNull(bus, "bus");
        }

        /** Who hears results; nobody by default. */
        public Builder onResults(PublishListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Largest number of events on their way, waiting ones included; 1,000 by default, 20,000 with packs. */
        public Builder maxInFlight(int events) {
            this.maxInFlight = atLeastOne("maxInFlight", events);
            return this;
        }

        /** How many requests go at once; 4 by default. */
        public Builder requests(int requests) {
            this.requests = atLeastOne("requests", requests);
            return this;
        }

        /** How often an event is sent at most; 10 by default, which takes about half a minute. */
        public Builder attempts(int attempts) {
            this.attempts = atLeastOne("attempts", attempts);
            return this;
        }

        /**
         * Events per second that are taken, evenly; 0, the default, for as fast as possible. Up to a quarter of a second
         * that was lost is made up for. Retries aren't counted.
         */
        public Builder eventsPerSecond(double rate) {
            if (!(rate >= 0) || Double.isInfinite(rate)) {
                throw new IllegalArgumentException("eventsPerSecond must be 0 or more, not " + rate);
            }
            this.eventsPerSecond = rate;
            return this;
        }

        /**
         * Sends many events of one source and detail type in one entry, which the pipeline's function unpacks: {@code
         * {"events":[...]}}, filled up to the size of a request, to 2,000 events or for the linger time. EventBridge, queue and function are
         * then paid, and limited, by packs. Only for rules whose targets know packs; patterns on fields of the detail don't
         * match inside them. Off by default.
         */
        public Builder packed(boolean packed) {
            this.packed = packed;
            return this;
        }

        private int packBytes() {
            return Math.min(maxRequestBytes - Math.min(ENVELOPE, maxRequestBytes / 2), maxEntryBytes);
        }

        /** How long an incomplete batch, or pack, waits for more events; 20 ms by default. */
        public Builder linger(Duration linger) {
            this.linger = Objects.requireNonNull(linger, "linger");
            return this;
        }

        /**
         * Largest entry that is sent, in bytes; 1 MB by default. EventBridge announced that limit in January 2026 while
         * its API reference still says 256 KB: entries above that are told to the listener and sent.
         */
        public Builder maxEntryBytes(int bytes) {
            this.maxEntryBytes = atLeastOne("maxEntryBytes", bytes);
            return this;
        }

        /**
         * Largest sum of the entries of one request, in bytes; 256 KB by default. EventBridge limits the whole request
         * ("Total size of the entries in the request is over the limit"). A larger event goes alone.
         */
        public Builder maxRequestBytes(int bytes) {
            this.maxRequestBytes = atLeastOne("maxRequestBytes", bytes);
            return this;
        }

        Builder timing(InstantSource clock, Pause pause, DoubleSupplier random) {
            this.clock = clock;
            this.pause = pause;
            this.random = random;
            return this;
        }

        /** Starts the publisher. */
        public MarketEventPublisher build() {
            return new MarketEventPublisher(this);
        }

        private static int atLeastOne(String what, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(what + " must be at least 1, not " + value);
            }
            return value;
        }
    }
}
