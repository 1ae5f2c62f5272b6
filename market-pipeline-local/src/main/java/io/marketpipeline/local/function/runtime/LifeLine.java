package io.marketpipeline.local.function.runtime;

import java.io.IOException;
import java.io.InputStream;

/** Ends the process when the pipe to its parent ends, which it does however the parent ended, kill -9 included. */
final class LifeLine implements Runnable {
    private final InputStream pipe;

    private LifeLine(InputStream pipe) {
        this.pipe = pipe;
    }

    static void watch(InputStream pipe) {
        Thread thread = new Thread(new LifeLine(pipe), "life-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (pipe.read() >= 0) {
                // Only the end of the pipe means something.
            }
        } catch (IOException e) {
            // A broken pipe is the end of the parent, too.
        }
        Runtime.getRuntime().halt(0);
    }
}
