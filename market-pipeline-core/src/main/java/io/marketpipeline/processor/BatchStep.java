package io.marketpipeline.processor;

import java.util.List;

/** One step that all events of a batch take together. Never throws for an event's sake. */
interface BatchStep {
    void run(List<BatchEntry> entries);
}
