package io.marketpipeline.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.event.Envelope;
import io.marketpipeline.event.RawData;
import io.marketpipeline.processor.ProcessingListener;
import io.marketpipeline.processor.ProcessingOutcome;
import io.marketpipeline.schema.ChainLines;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The function's log: one JSON object a line, with {@code timestamp}, {@code level} and {@code message} as Lambda's JSON
 * log format has them. Ids and reasons only; payloads at {@code DEBUG}.
 */
final class FunctionLog implements ProcessingListener {
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
        RawData raw = envelope.raw();
        line(LogLevel.DEBUG, "event received", json -> {
            json.writeStringField("payload", raw.text(MAX_PAYLOAD));
            json.writeNumberField("payloadBytes", raw.length());
        });
    }

    void outcome(ProcessingOutcome outcome) {
        if (outcome instanceof ProcessingOutcome.Stored stored) {
            line(LogLevel.INFO, "event stored", json -> {
                event(json, outcome);
                json.writeStringField("symbol", stored.event().symbol());
                json.writeStringField("exchange", stored.event().exchange());
                json.writeNumberField("storedAt", stored.storedAtMillis());
            });
        } else if (outcome instanceof ProcessingOutcome.Duplicate duplicate) {
            line(LogLevel.INFO, "event was stored before", json -> {
                event(json, outcome);
                text(json, "firstRequestId", duplicate.first().requestId());
            });
        } else if (outcome instanceof ProcessingOutcome.Rejected rejected) {
            line(LogLevel.WARN, "event refused", json -> {
                event(json, outcome);
                json.writeStringField("reason", rejected.rejection().reason());
                text(json, "field", rejected.rejection().field());
                text(json, "problem", rejected.rejection().message());
                json.writeNumberField("problems", rejected.rejections().size());
            });
        } else if (outcome instanceof ProcessingOutcome.Failed failed) {
            line(LogLevel.ERROR, "event failed", json -> {
                event(json, outcome);
                text(json, "problem", failed.message());
                cause(json, failed.cause());
            });
        }
    }

    @Override
    public void auditFailed(ProcessingOutcome outcome, String message, @Nullable Throwable cause) {
        line(LogLevel.ERROR, "audit record not written", json -> {
            event(json, outcome);
            text(json, "problem", message);
            cause(json, cause);
        });
    }

    @Override
    public void reactionFailed(ProcessingOutcome outcome, RuntimeException cause) {
        line(LogLevel.ERROR, "onOutcome failed", json -> {
            event(json, outcome);
            cause(json, cause);
        });
    }

    /** Not a matter of the level: what the line fixes can't be proved without it. */
    void chainHead(ChainHead head) {
        lines.line(json -> {
            json.writeStringField("timestamp", clock.instant().toString());
            json.writeStringField("requestId", requestId);
            json.writeObjectFieldStart(ChainLines.AUDIT_CHAIN);
            json.writeStringField(ChainLines.WRITER_ID, head.writerId());
            json.writeNumberField(ChainLines.NUMBER, head.number());
            json.writeStringField(ChainLines.SHA256, head.sha256());
            if (!head.skipped().isEmpty()) {
                json.writeArrayFieldStart(ChainLines.SKIPPED);
                for (long number : head.skipped()) {
                    json.writeNumber(number);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    void primingFailed(RuntimeException cause) {
        line(
                LogLevel.WARN,
                "the start-up rehearsal failed; the first event will be slower",
                json -> cause(json, cause));
    }

    private void line(LogLevel severity, String message, LineWriter.Content fields) {
        if (!level.includes(severity)) {
            return;
        }
        lines.line(json -> {
            json.writeStringField("timestamp", clock.instant().toString());
            json.writeStringField("level", severity.name());
            json.writeStringField("message", message);
            json.writeStringField("requestId", requestId);
            fields.writeTo(json);
        });
    }

    private static void event(JsonGenerator json, ProcessingOutcome outcome) throws IOException {
        json.writeStringField("outcome", outcome.status().name());
        json.writeStringField("eventId", outcome.eventId());
        json.writeStringField("detailType", outcome.detailType());
        json.writeNumberField("eventTime", outcome.timestampMillis());
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.length() > MAX_TEXT ? value.substring(0, MAX_TEXT) : value);
        }
    }

    private static void cause(JsonGenerator json, @Nullable Throwable cause) throws IOException {
        if (cause == null) {
            return;
        }
        text(json, "error", cause.toString());
        json.writeArrayFieldStart("stack");
        StackTraceElement[] frames = cause.getStackTrace();
        for (int i = 0; i < Math.min(MAX_FRAMES, frames.length); i++) {
            json.writeString(frames[i].toString());
        }
        json.writeEndArray();
        if (cause.getCause() != null && cause.getCause() != cause) {
            text(json, "rootError", cause.getCause().toString());
        }
    }
}
