package io.marketpipeline.maven.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
class RecordingListener implements StackListener {
    final List<String> notes = new ArrayList<>();
    final List<String> steps = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final List<ResourceEvent> events = new ArrayList<>();

    @Override
    public void step(String what) {
        steps.add(what);
    }

    @Override
    public void note(String what) {
        notes.add(what);
    }

    @Override
    public void changes(List<Change> told) {
        changes.addAll(told);
    }

    @Override
    public void event(ResourceEvent event) {
        events.add(event);
    }

    @Override
    public void elapsed(Duration sinceStart) {}
}
