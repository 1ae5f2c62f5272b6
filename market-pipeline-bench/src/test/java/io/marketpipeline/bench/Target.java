package io.marketpipeline.bench;

import java.io.IOException;

/** What is measured: one invocation of a handler, or what stands for one. */
interface Target {
    /**
     * One invocation.
     *
     * @param number of the invocation, from 0
     * @return how many events it handled
     */
    int invoke(int number) throws IOException;
}
