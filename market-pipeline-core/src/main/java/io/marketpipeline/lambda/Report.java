package io.marketpipeline.lambda;

import io.marketpipeline.processor.ProcessingOutcome;
import java.util.List;

/** What an invocation leaves in the log of one kind. */
interface Report {
    /**
     * Writes the lines.
     *
     * @param outcomes of the invocation's events
     */
    void write(String functionName, List<ProcessingOutcome> outcomes);
}
