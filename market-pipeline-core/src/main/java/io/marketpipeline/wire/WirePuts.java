package io.marketpipeline.wire;

import io.marketpipeline.puts.Backoff;
import io.marketpipeline.puts.ExistingItem;
import io.marketpipeline.puts.ItemPuts;
import io.marketpipeline.puts.ParallelCalls;
import io.marketpipeline.puts.PutAnswer;
import io.marketpipeline.schema.TableItem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts into one table. One item is a conditional put. Several travel as {@code INSERT} statements, 25 a call, each of which
 * fails by itself where its key is taken; whatever a statement doesn't plainly do (a taken key, a refusal, no right to
 * statements) is then asked as a conditional put, whose answer is the contract's. So a batch can never say anything that a
 * single put wouldn't.
 */
final class WirePuts implements ItemPuts {
    private static final String PREFIX = "DynamoDB_20120810.";

    /** DynamoDB API reference, BatchExecuteStatement. */
    private static final int MAX_STATEMENTS = 25;

    /** A call is sent when it has this many bytes, so that one large item doesn't hold up others. */
    private static final int ENOUGH_BYTES = 256 << 10;

    private final ServiceCalls calls;
    private final ParallelCalls parallel;
    private final String table;
    private final String keyAttribute;
    private final InstantSource clock;
    private final Backoff.Pause pause;
    private volatile ItemJson.@Nullable Statement lastStatement;

    WirePuts(
            ServiceCalls calls,
            ParallelCalls parallel,
            String table,
            String keyAttribute,
            InstantSource clock,
            Backoff.Pause pause) {
        this.calls = calls;
        this.parallel = parallel;
        this.table = table;
        this.keyAttribute = keyAttribute;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public List<PutAnswer> put(List<? extends TableItem> items, Instant deadline) {
        if (items.size() == 1) {
            return List.of(put(items.get(0), deadline));
        }
        @Nullable PutAnswer[] answers = new PutAnswer[items.size()];
        parallel.map(batches(items), batch -> insert(batch, answers, deadline));
        List<Integer> open = IntStream.range(0, answers.length)
                .filter(i -> answers[i] == null)
                .boxed()
                .toList();
        List<PutAnswer> single = parallel.map(open, i -> put(items.get(i), deadline));
        for (int i = 0; i < open.size(); i++) {
            answers[open.get(i)] = single.get(i);
        }
        return Arrays.stream(answers).map(WirePuts::given).toList();
    }

    private static PutAnswer given(@Nullable PutAnswer answer) {
        if (answer == null) {
            throw new IllegalStateException("an item has no answer");
        }
        return answer;
    }

    /** A statement with the place of its item. */
    private record Statement(int index, Bytes json) {}

    /** Of equal keys only the first is in a batch; the others are put by themselves, later. */
    private List<List<Statement>> batches(List<? extends TableItem> items) {
        List<List<Statement>> batches = new ArrayList<>();
        List<Statement> batch = new ArrayList<>(MAX_STATEMENTS);
        Set<Object> keys = new HashSet<>();
        int bytes = 0;
        for (int i = 0; i < items.size(); i++) {
            if (!keys.add(items.get(i).key())) {
                continue;
            }
            Bytes json = statement(items.get(i));
            batch.add(new Statement(i, json));
            bytes += json.length();
            if (batch.size() == MAX_STATEMENTS || bytes >= ENOUGH_BYTES) {
                batches.add(batch);
                batch = new ArrayList<>(MAX_STATEMENTS);
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private Bytes statement(TableItem item) {
        Bytes values = new Bytes(2048);
        ItemJson.Parameters parameters = new ItemJson.Parameters(values);
        item.writeTo(parameters);
        ItemJson.Statement statement = parameters.statement(table, lastStatement);
        lastStatement = statement;
        return new Bytes(values.length() + statement.json().length() + 64)
                .ascii("{\"Statement\":")
                .append(statement.json())
                .ascii(",\"Parameters\":[")
                .append(values)
                .ascii("]}");
    }

    /** Runs the statements and notes those that did what they say; the others' answers stay null. */
    private boolean insert(List<Statement> batch, @Nullable PutAnswer[] answers, Instant deadline) {
        Backoff backoff = new Backoff();
        List<Statement> pending = batch;
        while (pending.size() > 1) {
            Bytes body = new Bytes(
                    64 + pending.stream().mapToInt(s -> s.json.length() + 1).sum());
            body.ascii("{\"Statements\":[");
            for (int i = 0; i < pending.size(); i++) {
                body.ascii(i == 0 ? "" : ",").append(pending.get(i).json);
            }
            body.ascii("]}");
            ServiceAnswer answer = calls.call(PREFIX + "BatchExecuteStatement", body, deadline);
            if (!(answer instanceof ServiceAnswer.Done done)) {
                return false;
            }
            pending = note(pending, done.http().body(), answers);
            if (pending.isEmpty() || !pause.endedBefore(deadline, backoff.next(), clock)) {
                return true;
            }
        }
        return true;
    }

    /** Notes what is written; gives those back that are worth another try. */
    private static List<Statement> note(List<Statement> batch, byte[] body, @Nullable PutAnswer[] answers) {
        List<StatementOutcome> outcomes = StatementOutcome.read(body);
        List<Statement> again = new ArrayList<>(0);
        if (outcomes.size() != batch.size()) {
            return again;
        }
        for (int i = 0; i < batch.size(); i++) {
            switch (outcomes.get(i)) {
                case DONE -> answers[batch.get(i).index] = new PutAnswer.Written();
                case PASSING -> again.add(batch.get(i));
                case OTHER -> {
                    // asked as a conditional put
                }
            }
        }
        return again;
    }

    private PutAnswer put(TableItem item, Instant deadline) {
        Bytes body = new Bytes(2048)
                .ascii("{\"TableName\":")
                .json(table)
                .ascii(",\"ConditionExpression\":\"attribute_not_exists(")
                .ascii(keyAttribute)
                .ascii(")\",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\",\"Item\":{");
        item.writeTo(new ItemJson.Named(body));
        body.ascii("}}");
        ServiceAnswer answer = calls.call(PREFIX + "PutItem", body, deadline);
        if (answer instanceof ServiceAnswer.Done) {
            return new PutAnswer.Written();
        }
        if (answer instanceof ServiceAnswer.Refused refused) {
            return refused(refused);
        }
        ServiceAnswer.Unknown unknown = (ServiceAnswer.Unknown) answer;
        return new PutAnswer.Failed("table " + table + ": " + unknown.message(), unknown.cause());
    }

    private PutAnswer refused(ServiceAnswer.Refused refused) {
        String message = refused.code() + ": " + refused.message();
        if (refused.code().equals("ConditionalCheckFailedException")) {
            ExistingItem existing = ExistingItemJson.read(refused.http().body());
            return existing == null
                    ? new PutAnswer.Failed(
                            "table " + table + ": its key is taken, but the answer doesn't say by what: " + message,
                            null)
                    : new PutAnswer.Taken(existing);
        }
        boolean tooLarge = refused.code().equals("ValidationException")
                && refused.message().contains("Item size");
        return tooLarge
                ? new PutAnswer.TooLarge(message)
                : new PutAnswer.Failed("table " + table + ": " + message, null);
    }
}
