package io.marketpipeline.lambda;

import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.event.Envelope;
import io.marketpipeline.event.RawData;
import io.marketpipeline.processor.ProcessingListener;
import io.marketpipeline.processor.ProcessingOutcome;
import io.marketpipeline.schema.ChainLines;
import io.marketpipeline.text.IsoTime;
import io.marketpipeline.text.JsonText;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The function's log: one JSON object a line, with {@code timestamp}, {@code level} and {@code message} as Lambda's JSON
 * log format has them. Ids and reasons only; payloads at {@code DEBUG}.
 */
final class FunctionLog implements ProcessingListener, Report {
    /** Bytes of a payload in a line; CloudWatch takes 1 MB an event, and people read less. */
    private static final int MAX_PAYLOAD = 4096;

    private static final int MAX_FRAMES = 24;
    private static final int MAX_TEXT = 2048;

    private final LogLevel level;
    private final Clock clock;
    private final LineWriter lines;
    private volatile String requestId = "";

    FunctionLog(LogLevel level, Clock clock, LineWriter lines) {
        this.level = level;
        this.clock = clock;
        this.lines = lines;
    }

    /** Names the invocation that the next lines are of. */
    void invocation(String value) {
        requestId = value;
    }

    void payload(Envelope envelope) {
        if (level.includes(LogLevel.DEBUG)) {
            RawData raw = envelope.raw();
            lines.line(begin(LogLevel.DEBUG, "event received")
                    .field("payload", raw.text(MAX_PAYLOAD))
                    .field("payloadBytes", raw.length()));
        }
    }

    @Override
    public void write(String functionName, List<ProcessingOutcome> outcomes) {
        for (ProcessingOutcome outcome : outcomes) {
            outcome(outcome);
        }
    }

    private void outcome(ProcessingOutcome outcome) {
        if (outcome instanceof ProcessingOutcome.Failed failed) {
            JsonText json = event(LogLevel.ERROR, "event failed", outcome);
            text(json, "problem", failed.message());
            cause(json, failed.cause());
            lines.line(json);
        } else if (outcome instanceof ProcessingOutcome.Rejected rejected && level.includes(LogLevel.WARN)) {
            JsonText json = event(LogLevel.WARN, "event refused", outcome)
                    .field("reason", rejected.rejection().reason());
            text(json, "field", rejected.rejection().field());
            text(json, "problem", rejected.rejection().message());
            lines.line(json.field("problems", rejected.rejections().size()));
        } else if (outcome instanceof ProcessingOutcome.Duplicate duplicate && level.includes(LogLevel.INFO)) {
            JsonText json = event(LogLevel.INFO, "event was stored before", outcome);
            text(json, "firstRequestId", duplicate.first().requestId());
            lines.line(json);
        } else if (outcome instanceof ProcessingOutcome.Stored stored && level.includes(LogLevel.INFO)) {
            lines.line(event(LogLevel.INFO, "event stored", outcome)
                    .fields(
                            "symbol", stored.event().symbol(),
                            "exchange", stored.event().exchange(),
                            "storedAt", stored.storedAtMillis()));
        }
    }

    @Override
    public void auditFailed(ProcessingOutcome outcome, String message, @Nullable Throwable cause) {
        JsonText json = event(LogLevel.ERROR, "audit record not written", outcome);
        text(json, "problem", message);
        cause(json, cause);
        lines.line(json);
    }

    @Override
    public void reactionFailed(ProcessingOutcome outcome, RuntimeException cause) {
        JsonText json = event(LogLevel.ERROR, "onOutcome failed", outcome);
        cause(json, cause);
        lines.line(json);
    }

    /** Not a matter of the level: what the line fixes can't be proved without it. */
    void chainHead(ChainHead head) {
        JsonText json = LineWriter.begin()
                .fields("timestamp", IsoTime.of(clock.instant()), "requestId", requestId)
                .name(ChainLines.AUDIT_CHAIN)
                .begin()
                .fields(
                        ChainLines.WRITER_ID, head.writerId(),
                        ChainLines.NUMBER, head.number(),
                        ChainLines.SHA256, head.sha256());
        if (!head.skipped().isEmpty()) {
            json.name(ChainLines.SKIPPED).beginArray();
            for (long number : head.skipped()) {
                json.value(number);
            }
            json.endArray();
        }
        lines.line(json.end());
    }

    void primingFailed(RuntimeException cause) {
        if (level.includes(LogLevel.WARN)) {
            JsonText json = begin(LogLevel.WARN, "the start-up rehearsal failed; the first event will be slower");
            cause(json, cause);
            lines.line(json);
        }
    }

    private JsonText begin(LogLevel severity, String message) {
        return LineWriter.begin()
                .fields(
                        "timestamp",
                        IsoTime.of(clock.instant()),
                        "level",
                        severity.name(),
                        "message",
                        message,
                        "requestId",
                        requestId);
    }

    private JsonText event(LogLevel severity, String message, ProcessingOutcome outcome) {
        return begin(severity, message)
                .fields(
                        "outcome", outcome.status().name(),
                        "eventId", outcome.eventId(),
                        "detailType", outcome.detailType(),
                        "eventTime", outcome.timestampMillis());
    }

    private static void text(JsonText json, String name, @Nullable String value) {
        json.field(name, value == null || value.length() <= MAX_TEXT ? value : value.substring(0, MAX_TEXT));
    }

    private static void cause(JsonText json, @Nullable Throwable cause) {
        if (cause == null) {
            return;
        }
        text(json, "error", cause.toString());
        json.name("stack").beginArray();
        StackTraceElement[] frames = cause.getStackTrace();
        for (int i = 0; i < Math.min(MAX_FRAMES, frames.length); i++) {
            json.value(frames[i].toString());
        }
        json.endArray();
        if (cause.getCause() != null && cause.getCause() != cause) {
            text(json, "rootError", cause.getCause().toString());
        }
    }
}
