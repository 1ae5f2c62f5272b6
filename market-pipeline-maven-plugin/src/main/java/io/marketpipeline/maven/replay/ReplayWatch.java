package io.marketpipeline.maven.replay;

import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * Follows a replay to its end and shows how far it is: a line that is redrawn on a terminal, else a line for each new
 * state and every ten seconds. For one thread, one use.
 */
final class ReplayWatch {
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);

    private final Console console;
    private final InstantSource clock;
    private final Pause pause;
    private Duration next = SHORTEST;
    private Instant nextLine;
    private String lastState = "";

    /** How the thread waits; tests don't. */
    interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

    ReplayWatch(Console console, InstantSource clock, Pause pause) {
        this.console = console;
        this.clock = clock;
        this.pause = pause;
        this.nextLine = clock.instant();
    }

    /** A watch by the machine's clock. */
    static ReplayWatch real(Console console) {
        return new ReplayWatch(console, InstantSource.system(), duration -> Thread.sleep(duration.toMillis()));
    }

    /** Returns when the replay has ended, whichever way. */
    ReplayProgress untilEnd(Supplier<ReplayProgress> look) throws InterruptedException {
        ReplayProgress progress = look.get();
        while (!progress.hasEnded()) {
            show(progress);
            pause.pause(next);
            next = next.multipliedBy(3).dividedBy(2);
            next = next.compareTo(LONGEST) > 0 ? LONGEST : next;
            progress = look.get();
        }
        return progress;
    }

    private void show(ReplayProgress progress) {
        String text = line(progress, clock.instant());
        if (console.terminal()) {
            console.status(text);
        } else if (!progress.state().name().equals(lastState)
                || !clock.instant().isBefore(nextLine)) {
            nextLine = clock.instant().plus(LINE_EVERY);
            console.line(text);
        }
        lastState = progress.state().name();
    }

    static String line(ReplayProgress progress, Instant now) {
        return "Replay " + progress.name() + ": " + progress.state() + ", " + progress.percent() + " % of the span"
                + progress.last()
                        .map(time -> ", last event of " + time.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("")
                + ", " + Elapsed.words(progress.elapsed(now));
    }
}
