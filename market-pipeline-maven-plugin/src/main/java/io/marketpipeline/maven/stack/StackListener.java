package io.marketpipeline.maven.stack;

import java.time.Duration;
import java.util.List;

/** Told what happens to a stack while it does, on the calling thread. What it throws ends the operation's watch. */
public interface StackListener {
    /** A step that takes a moment, such as the making of a change set. */
    void step(String what);

    /** Something to know that is no step. */
    void note(String what);

    /** What is about to be done, before it is. */
    void changes(List<Change> changes);

    /** A resource changed its state. */
    void event(ResourceEvent event);

    /** Time goes by; called about as often as the stack is looked at. */
    void elapsed(Duration sinceStart);
}
