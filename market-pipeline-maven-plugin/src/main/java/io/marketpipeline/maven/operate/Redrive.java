package io.marketpipeline.maven.operate;

import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.event.RawData;
import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Elapsed;
import io.marketpipeline.maven.output.ShownPath;
import io.marketpipeline.maven.output.Visible;
import io.marketpipeline.publish.Pacer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Gives dead letters to the function again, each as it is, so that its identity stays. A letter is deleted only when the
 * function has said what became of its events: stored, stored before, or refused again. In the last case the function has
 * put a new letter into the queue before it answered, so that the old one can go and the queue holds the event once; the
 * new one isn't sent again by the same run, since its content is known. All else stays. Whoever kills this process at any
 * point finds each event in the queue or stored, at worst both: then the next run sees a duplicate. For one thread, one use.
 */
final class Redrive {
    private static final int WORKERS = 4;
    private static final int SHOWN = 20;
    private static final int CALLS_LOST_IN_A_ROW = 10;
    private static final int THROTTLED = 429;
    private static final int SERVER_FAULT = 500;
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);

    private final HeldLetters letters;
    private final FunctionCall function;
    private final LetterEvents reader;
    private final UndeliveredRecords records;
    private final Settings settings;
    private final AwsEnvironment environment;
    private final Console console;

    private final Set<String> refusedContents = Collections.synchronizedSet(new HashSet<>());
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger chosen = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger deleted = new AtomicInteger();
    private final AtomicInteger lostInARow = new AtomicInteger();
    private final AtomicLong passedOver = new AtomicLong();
    private Instant nextLine = Instant.now().plus(LINE_EVERY);

    /**
     * How to redrive.
     *
     * @param filter which letters
     * @param rate letters per second; 0 for as fast as the function answers four at once
     * @param limit how many letters at most
     */
    record Settings(LetterFilter filter, double rate, int limit) {
        Settings {
            if (!(rate >= 0) || Double.isInfinite(rate)) {
                throw new UserFixableException(
                        "-Drate is " + rate + ", must be 0 (as fast as possible) or letters per second; example: 50");
            }
            if (limit < 1) {
                throw new UserFixableException("-Dlimit is " + limit + ", must be at least 1; example: -Dlimit=100");
            }
        }
    }

    Redrive(
            HeldLetters letters,
            FunctionCall function,
            LetterEvents reader,
            UndeliveredRecords records,
            Settings settings,
            AwsEnvironment environment,
            Console console) {
        this.letters = letters;
        this.function = function;
        this.reader = reader;
        this.records = records;
        this.settings = settings;
        this.environment = environment;
        this.console = console;
    }

    /**
     * Redrives.
     *
     * @throws UserFixableException if letters failed again; they are in the queue still
     */
    void run(RedriveReport report) throws IOException, InterruptedException {
        Instant started = Instant.now();
        LetterLook look = new LetterLook(0, 0, 0);
        Thread hook = new Thread(this::interrupted, "market-pipeline-redrive-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            drive(report);
            if (chosen.get() < settings.limit()) {
                look = letters.look();
            }
        } catch (InterruptedException e) {
            interrupted();
            throw e;
        } finally {
            letters.close();
            removeHook(hook);
        }
        look.warning(Integer.MAX_VALUE).ifPresent(console::warn);
        summary(report, Duration.between(started, Instant.now()));
    }

    private void drive(RedriveReport report) throws InterruptedException {
        Pacer pacer = Pacer.perSecond(settings.rate());
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS, task -> {
            Thread thread = new Thread(task, "market-pipeline-redrive");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<DeadLetter> some = letters.receive(Integer.MAX_VALUE);
            while (!some.isEmpty() && chosen.get() < settings.limit()) {
                List<Callable<Void>> work = new ArrayList<>();
                for (DeadLetter letter : some) {
                    List<LetterEvents.Identified> events = reader.of(letter);
                    if (!settings.filter().test(letter, events) || chosen.get() >= settings.limit() || isOurs(letter)) {
                        passedOver.incrementAndGet();
                        continue;
                    }
                    chosen.incrementAndGet();
                    letter.damage().ifPresent(console::warn);
                    work.add(() -> {
                        pacer.acquire(1);
                        send(letter, events, report);
                        return null;
                    });
                }
                for (Future<Void> done : workers.invokeAll(work)) {
                    rethrow(done);
                }
                progress();
                some = chosen.get() < settings.limit() ? letters.receive(Integer.MAX_VALUE) : List.of();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    /** The function's letter with an event that this run saw refused is what the function made of that. */
    private boolean isOurs(DeadLetter letter) {
        if (letter.sender() != DeadLetter.Sender.FUNCTION) {
            return false;
        }
        byte[] payload = letter.payload();
        return refusedContents.contains(RawData.of(payload, 0, payload.length).sha256());
    }

    private static void rethrow(Future<Void> done) throws InterruptedException {
        try {
            done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("interrupted while letters were sent");
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void send(DeadLetter letter, List<LetterEvents.Identified> events, RedriveReport report) {
        Optional<String> unrecorded = records.write(letter, events);
        records.head().ifPresent(report::head);
        FunctionAnswer answer = unrecorded
                .map(why -> FunctionAnswer.failed("its UNDELIVERED record wasn't written: " + why))
                .orElseGet(() -> invoke(letter));
        noteRefused(events, answer.outcomes());
        boolean gone = answer.isFinal() && delete(letter);
        count(letter, events, answer);
        report.letter(letter, events, answer, gone);
    }

    /** The function puts a refused event into a letter of its own, also one that came in a pack or an array. */
    private void noteRefused(List<LetterEvents.Identified> events, List<AuditStatus> outcomes) {
        for (int i = 0; i < Math.min(events.size(), outcomes.size()); i++) {
            if (outcomes.get(i) == AuditStatus.REJECTED) {
                refusedContents.add(events.get(i).envelope().alone().sha256());
            }
        }
    }

    private FunctionAnswer invoke(DeadLetter letter) {
        try {
            FunctionAnswer answer = function.invoke(letter.payload());
            lostInARow.set(0);
            return answer;
        } catch (SdkException e) {
            boolean mayPass = !(e instanceof AwsServiceException service)
                    || service.statusCode() == THROTTLED
                    || service.statusCode() >= SERVER_FAULT;
            if (!mayPass || lostInARow.incrementAndGet() >= CALLS_LOST_IN_A_ROW) {
                throw e;
            }
            return FunctionAnswer.failed("its outcome isn't known: " + e.getMessage());
        }
    }

    /** A letter that can't be deleted now is sent again by the next run, and found a duplicate. */
    private boolean delete(DeadLetter letter) {
        try {
            boolean gone = letters.delete(letter);
            if (gone) {
                deleted.incrementAndGet();
            }
            return gone;
        } catch (SdkException e) {
            console.warn("Letter " + letter.messageId() + " is done but couldn't be deleted: " + e.getMessage());
            return false;
        }
    }

    private void count(DeadLetter letter, List<LetterEvents.Identified> events, FunctionAnswer answer) {
        String id = events.isEmpty() ? letter.messageId() : events.get(0).eventId();
        if (!answer.isFinal()) {
            failed.incrementAndGet();
            failures.add(id + ": " + answer.failure());
            return;
        }
        for (AuditStatus outcome : answer.outcomes()) {
            (outcome == AuditStatus.SUCCESS ? stored : outcome == AuditStatus.DUPLICATE ? duplicates : refused)
                    .incrementAndGet();
        }
        if (!answer.reasons().isEmpty() && refused.get() <= SHOWN) {
            console.warn("Refused again: " + Visible.of(id) + " (" + String.join(", ", answer.reasons()) + ")");
        }
    }

    private void progress() {
        String text = "Redriving: " + chosen.get() + " letters sent, " + counts();
        if (console.terminal()) {
            console.status(text);
        } else if (Instant.now().isAfter(nextLine)) {
            nextLine = Instant.now().plus(LINE_EVERY);
            console.line(text);
        }
    }

    private String counts() {
        return stored + " events stored, " + duplicates + " stored before, " + refused + " refused again, " + failed
                + " letters failed";
    }

    private void interrupted() {
        console.line("Redriving was interrupted: " + deleted + " letters are done and deleted (" + counts()
                + "); all others stay in the queue. Redrive again to go on");
        try {
            letters.close();
        } catch (SdkException e) {
            console.warn("Those that were looked at are visible again in " + HeldLetters.HIDDEN.toSeconds()
                    + " seconds: " + e.getMessage());
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook itself tells so.
        }
    }

    private void summary(RedriveReport report, Duration elapsed) {
        if (chosen.get() == 0) {
            console.line(
                    passedOver.get() == 0
                            ? "No dead letters"
                            : "None of " + PublishRun.count(passedOver.get(), "dead letter") + " is meant; `"
                                    + environment.command("dlq") + "` lists them");
            return;
        }
        console.line("Redrove " + PublishRun.count(chosen.get(), "dead letter") + " in " + Elapsed.words(elapsed) + " ("
                + PublishRun.rate(chosen.get(), elapsed) + " letters/s): " + counts() + "; "
                + deleted + " deleted; report " + ShownPath.of(report.file()));
        if (refused.get() > 0) {
            console.warn(PublishRun.count(refused.get(), "event")
                    + " refused again; each has a new dead letter with the reason: "
                    + environment.command("dlq", "-Dsender=function"));
        }
        if (!failures.isEmpty()) {
            throw new UserFixableException(PublishRun.count(failed.get(), "letter") + " failed again, kept in the"
                    + " queue:\n" + PublishRun.shown(failures) + "\nLook at `" + environment.command("logs")
                    + "`, mend the cause, and redrive again; what was stored is found a duplicate");
        }
    }
}
