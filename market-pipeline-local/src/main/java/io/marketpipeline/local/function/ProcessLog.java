package io.marketpipeline.local.function;

import io.marketpipeline.local.function.runtime.FunctionOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The log of one function process: its own lines and, around them, the platform's. The process marks the end of each
 * invocation in its output; platform lines that belong behind that mark are held until it was read, so that the log has
 * the order in which things happened. Thread-safe.
 */
final class ProcessLog {
    /** What Lambda returns of a log with {@code LogType=Tail}. */
    private static final int TAIL_BYTES = 4096;

    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private record Held(String line, boolean begins) {}

    private final Consumer<String> sink;
    private final boolean marksEnds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition marked = lock.newCondition();
    private final List<Held> held = new ArrayList<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private int tailChars;
    private int awaitedMarks;

    /**
     * Creates a log.
     *
     * @param sink takes each line
     * @param marksEnds whether the process marks the ends of invocations, as our own loop does
     */
    ProcessLog(Consumer<String> sink, boolean marksEnds) {
        this.sink = sink;
        this.marksEnds = marksEnds;
    }

    /** Reads the process's output until it ends. */
    void read(InputStream output) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8), 1 << 16)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                functionLine(line);
            }
        } catch (IOException e) {
            // The process was ended in the middle of a line.
        } finally {
            release();
        }
    }

    /** Starts an invocation: the tail begins with this line, which is left out where it is empty. */
    void begin(String line) {
        lock.lock();
        try {
            writeOrHold(new Held(line, true));
            awaitedMarks += marksEnds ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Writes a platform line that belongs behind everything that the process has written up to now. */
    void platform(String line) {
        lock.lock();
        try {
            writeOrHold(new Held(line, false));
        } finally {
            lock.unlock();
        }
    }

    /** Writes a platform line at once. */
    void now(String line) {
        lock.lock();
        try {
            write(line);
        } finally {
            lock.unlock();
        }
    }

    /** The end of the invocation's log, once the process's lines of it have arrived. */
    String tail() {
        lock.lock();
        try {
            long left = LONGEST_WAIT_NANOS;
            while (awaitedMarks > 0 && left > 0) {
                left = marked.awaitNanos(left);
            }
            return String.join("\n", tail) + "\n";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } finally {
            lock.unlock();
        }
    }

    /** What the function printed without a line's end stands before the loop's own part of the line. */
    private void functionLine(String line) {
        int control = line.indexOf(FunctionOutput.CONTROL);
        char kind = control >= 0 && control + 1 < line.length() ? line.charAt(control + 1) : ' ';
        boolean loops = kind == FunctionOutput.END || kind == FunctionOutput.MESSAGE;
        lock.lock();
        try {
            if (!loops || control > 0) {
                write(loops ? line.substring(0, control) : line);
            }
            if (kind == FunctionOutput.END) {
                mark();
            } else if (kind == FunctionOutput.MESSAGE) {
                write(line.substring(control + 2).replace(FunctionOutput.LINE_FEED, '\n'));
            }
        } finally {
            lock.unlock();
        }
    }

    private void mark() {
        awaitedMarks = Math.max(0, awaitedMarks - 1);
        flushHeld();
    }

    private void release() {
        lock.lock();
        try {
            awaitedMarks = 0;
            flushHeld();
        } finally {
            lock.unlock();
        }
    }

    private void writeOrHold(Held line) {
        if (awaitedMarks > 0) {
            held.add(line);
        } else {
            release(line);
        }
    }

    private void release(Held line) {
        if (line.begins()) {
            tail.clear();
            tailChars = 0;
        }
        if (!line.line().isEmpty()) {
            write(line.line());
        }
    }

    private void flushHeld() {
        held.forEach(this::release);
        held.clear();
        marked.signalAll();
    }

    private void write(String line) {
        sink.accept(line);
        tail.addLast(line);
        tailChars += line.length() + 1;
        while (tailChars > TAIL_BYTES && tail.size() > 1) {
            tailChars -= tail.removeFirst().length() + 1;
        }
    }
}
