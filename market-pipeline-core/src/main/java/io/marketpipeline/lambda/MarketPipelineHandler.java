package io.marketpipeline.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.deadletter.UnsetDeadLetters;
import io.marketpipeline.event.Envelope;
import io.marketpipeline.event.EnvelopeBatch;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.processor.InvocationContext;
import io.marketpipeline.processor.MarketEventProcessor;
import io.marketpipeline.processor.ProcessingOutcome;
import io.marketpipeline.processor.ProcessorParts;
import io.marketpipeline.processor.Writer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda function: one EventBridge envelope, an array of them, or a batch of a queue's messages in; the outcome,
 * outcomes, or the messages to try again out. An envelope may hold a pack of events. Name the class as the function's
 * handler as it is, or extend it to process events in your own way:
 *
 * <pre>{@code
 * public final class TapeHandler extends MarketPipelineHandler {
 *     public TapeHandler() {
 *         super(TapeProcessor::new);
 *     }
 * }
 *
 * final class TapeProcessor extends MarketEventProcessor {
 *     TapeProcessor(ProcessorParts parts) {
 *         super(parts.toBuilder()
 *                 .ttl(TtlPolicy.rules().detailType("Market Quote", TtlPolicy.days(7)).otherwise(TtlPolicy.days(90)).build())
 *                 .build());
 *     }
 *
 *     @Override
 *     protected void validate(MarketEvent event) {
 *         if ("TEST".equals(event.exchange())) {
 *             throw new RejectedEventException("test_venue", "exchange", "is a test venue"); // REJECTED and dead-lettered
 *         }
 *     }
 *
 *     @Override
 *     protected MarketEvent enrich(MarketEvent event) {
 *         BigDecimal price = event.price();
 *         BigDecimal volume = event.volume();
 *         return price == null || volume == null
 *                 ? event
 *                 : event.toBuilder().attribute("notional", price.multiply(volume)).build();
 *     }
 * }
 * }</pre>
 *
 * <p>To test such a processor without AWS, give it {@code ProcessorParts.builder(new InMemoryMarketDataStore(), new
 * InMemoryAuditTrail(), new InMemoryDeadLetters()).build()} and call {@code process(EnvelopeDecoder.decode(bytes)
 * .envelopes(), InvocationContext.of("request"))}.
 *
 * <p>Settings are the environment variables of {@link io.marketpipeline.schema.FunctionVariables}; what the user's
 * processor sets in code beats them. The constructor runs before Lambda takes its snapshot: it loads and rehearses what an
 * event needs, without credentials, which are taken when the first event is written, and without network, but for one unsigned
 * request to the tables' endpoint where Lambda does take a snapshot. One instance handles one invocation at a time.
 */
public class MarketPipelineHandler implements RequestStreamHandler {
    /** By an empty list of events a deployment asks whether the function starts; no platform delivers one. */
    private static final byte[] NO_EVENTS = {'[', ']'};

    private final MarketEventProcessor processor;
    private final FunctionLog log;
    private final List<Report> reports;
    private final Clock clock;
    private final @Nullable String codeVersion = CodeVersion.read();

    /**
     * The library's own processor with the function's settings.
     *
     * @throws InvalidSettingsException where the environment variables are wrong
     */
    public MarketPipelineHandler() {
        this(new LibraryProcessor());
    }

    /**
     * A processor of the user's own.
     *
     * @param processors makes the processor from parts built of the function's settings; called once
     * @throws InvalidSettingsException where the environment variables are wrong
     */
    protected MarketPipelineHandler(Function<ProcessorParts, ? extends MarketEventProcessor> processors) {
        this(FunctionSettings.of(System.getenv()), processors);
    }

    private MarketPipelineHandler(
            FunctionSettings settings, Function<ProcessorParts, ? extends MarketEventProcessor> processors) {
        this(settings, settings.client().open(System.getenv()), new AuditChain(), processors);
    }

    private MarketPipelineHandler(
            FunctionSettings settings,
            WriteClient client,
            AuditChain chain,
            Function<ProcessorParts, ? extends MarketEventProcessor> processors) {
        this(parts(settings, client, chain), chain, settings.logLevel(), LineWriter.toStandardOutput(), processors);
        Rehearsal.run(log, client);
    }

    MarketPipelineHandler(
            ProcessorParts.Builder parts,
            AuditChain chain,
            LogLevel level,
            LineWriter lines,
            Function<ProcessorParts, ? extends MarketEventProcessor> processors) {
        ProcessorParts built = parts.build();
        clock = built.clock();
        log = new FunctionLog(level, clock, lines);
        processor = processors.apply(built.toBuilder().listener(log).build());
        reports = List.of(
                log,
                new ChainHeadLines(chain, log),
                new MetricLines(lines, clock, processor.parts().decoder()));
    }

    private static ProcessorParts.Builder parts(FunctionSettings settings, WriteClient client, AuditChain chain) {
        String queueUrl = settings.deadLetterQueueUrl();
        return ProcessorParts.builder(
                        client.marketData(settings.marketDataTable()),
                        chain.over(client.auditTrail(settings.auditTrailTable())),
                        queueUrl == null ? new UnsetDeadLetters() : client.deadLetters(queueUrl))
                .decoder(settings.decoder())
                .ttl(settings.ttl())
                .auditFailurePolicy(settings.auditFailurePolicy())
                .auditRetention(settings.auditRetention())
                .environment(settings.environment())
                .indexShards(settings.indexShards());
    }

    /**
     * Processes a payload and writes the answer; an empty list of events ({@code []}) does nothing. Of a queue's messages,
     * those with a failed event are named in it, so that the queue hands them out again and no others.
     *
     * @throws EventsFailedException after all events are done, where some of them failed and no queue brought them; the
     *     platform then tries again
     */
    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Instant receivedAt = clock.instant();
        InvocationContext invocation = invocation(context, receivedAt);
        log.invocation(invocation.requestId());
        byte[] payload = input.readAllBytes();
        EnvelopeBatch batch = EnvelopeDecoder.decode(payload);
        if (Arrays.equals(payload, NO_EVENTS)) {
            // After it is decoded: where a jar is missing, the answer to whether the function starts is no.
            output.write(Answer.toArray(List.of()));
            return;
        }
        for (Envelope envelope : batch.envelopes()) {
            log.payload(envelope);
        }
        List<ProcessingOutcome> outcomes = processor.process(batch.envelopes(), invocation);
        for (Report report : reports) {
            report.write(String.valueOf(context.getFunctionName()), outcomes);
        }
        if (batch.form() == EnvelopeBatch.Form.QUEUE) {
            output.write(Answer.toQueue(failedMessages(batch.messages(), outcomes)));
            return;
        }
        throwFailures(outcomes);
        output.write(
                batch.form() == EnvelopeBatch.Form.EVENTS
                        ? Answer.toArray(outcomes)
                        : Answer.toSingle(outcomes.get(0)));
    }

    private static List<String> failedMessages(List<EnvelopeBatch.Message> messages, List<ProcessingOutcome> outcomes) {
        List<String> failed = new ArrayList<>(0);
        for (EnvelopeBatch.Message message : messages) {
            if (!failures(outcomes.subList(message.from(), message.to())).isEmpty()) {
                failed.add(message.id());
            }
        }
        return failed;
    }

    private InvocationContext invocation(Context context, Instant receivedAt) {
        String requestId = context.getAwsRequestId();
        long remainingMillis = Math.max(context.getRemainingTimeInMillis(), 0);
        // A tenth is left for log, metrics and answer.
        return new InvocationContext(
                requestId == null ? UUID.randomUUID().toString() : requestId,
                receivedAt,
                receivedAt.plusMillis(remainingMillis * 9 / 10),
                new Writer(context.getFunctionVersion(), context.getLogStreamName(), codeVersion));
    }

    private static void throwFailures(List<ProcessingOutcome> outcomes) {
        List<ProcessingOutcome.Failed> failures = failures(outcomes);
        if (!failures.isEmpty()) {
            throw new EventsFailedException(outcomes.size(), failures);
        }
    }

    private static List<ProcessingOutcome.Failed> failures(List<ProcessingOutcome> outcomes) {
        List<ProcessingOutcome.Failed> failures = new ArrayList<>(0);
        for (ProcessingOutcome outcome : outcomes) {
            if (outcome instanceof ProcessingOutcome.Failed failed) {
                failures.add(failed);
            }
        }
        return failures;
    }

    /** A class, and no method reference: the first of those takes ten milliseconds of a cold start. */
    private static final class LibraryProcessor implements Function<ProcessorParts, MarketEventProcessor> {
        @Override
        public MarketEventProcessor apply(ProcessorParts parts) {
            return new MarketEventProcessor(parts);
        }
    }
}
