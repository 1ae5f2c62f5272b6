package io.marketpipeline.wire;

import io.marketpipeline.http.JsonObject;
import io.marketpipeline.puts.Backoff;
import io.marketpipeline.puts.ExistingItem;
import io.marketpipeline.puts.ItemPuts;
import io.marketpipeline.puts.ParallelCalls;
import io.marketpipeline.puts.PutAnswer;
import io.marketpipeline.schema.TableItem;
import io.marketpipeline.text.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts into one table. One item is a conditional put. Several travel as {@code INSERT} statements, 25 a call, each of which
 * fails by itself where its key is taken; whatever a statement doesn't plainly do (a taken key, a refusal, no right to
 * statements) is then asked as a conditional put, whose answer is the contract's. So a batch can never have an outcome that a
 * single put wouldn't. Statements that were throttled are sent again together, after all others have their answers.
 */
final class WirePuts implements ItemPuts {
    private static final String PREFIX = "DynamoDB_20120810.";

    /** DynamoDB API reference, BatchExecuteStatement. */
    private static final int MAX_STATEMENTS = 25;

    /** A call is sent when it has this many bytes, so that one large item doesn't hold up others. */
    private static final int ENOUGH_BYTES = 256 << 10;

    private static final int MAX_TEXTS = 100;

    private final ServiceCalls calls;
    private final ParallelCalls parallel;
    private final String table;
    private final String keyAttribute;

    /** Texts of {@code INSERT} as JSON, by the attributes that they take values of: a handful, as rows are alike. */
    private final Map<List<String>, Bytes> statements = new ConcurrentHashMap<>();

    WirePuts(ServiceCalls calls, ParallelCalls parallel, String table, String keyAttribute) {
        this.calls = calls;
        this.parallel = parallel;
        this.table = table;
        this.keyAttribute = keyAttribute;
    }

    @Override
    public List<PutAnswer> put(List<? extends TableItem> items, Instant deadline) {
        return put(items, deadline, null);
    }

    @Override
    public List<PutAnswer> put(List<? extends TableItem> items, Instant deadline, @Nullable Runnable meanwhile) {
        if (items.size() == 1) {
            return List.of(put(items.get(0), deadline, meanwhile));
        }
        PutAnswer[] answers = new PutAnswer[items.size()];
        List<Insert> pending = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            pending.add(new Insert(i, insert(items.get(i))));
        }
        Backoff backoff = new Backoff();
        do {
            List<List<Insert>> batches = batches(pending);
            // Several are sent by several threads, which leave the processor nothing to wait for.
            Runnable whileOne = batches.size() == 1 ? meanwhile : null;
            List<List<Insert>> again = parallel.map(batches, batch -> insert(batch, answers, deadline, whileOne));
            pending.removeIf(insert -> answers[insert.index] != null);
            parallel.map(pending, insert -> answers[insert.index] = put(items.get(insert.index), deadline, null));
            pending = new ArrayList<>();
            again.forEach(pending::addAll);
        } while (!pending.isEmpty() && calls.pausedBefore(deadline, backoff));
        return List.of(answers);
    }

    /** A statement with its parameters, and the place of its item. */
    private record Insert(int index, Bytes json) {}

    private static List<List<Insert>> batches(List<Insert> inserts) {
        List<List<Insert>> batches = new ArrayList<>();
        List<Insert> batch = List.of();
        int bytes = ENOUGH_BYTES;
        for (Insert insert : inserts) {
            if (batch.size() == MAX_STATEMENTS || bytes >= ENOUGH_BYTES) {
                batch = new ArrayList<>(MAX_STATEMENTS);
                batches.add(batch);
                bytes = 0;
            }
            batch.add(insert);
            bytes += insert.json.size();
        }
        return batches;
    }

    private Bytes insert(TableItem item) {
        Bytes values = new Bytes(2048);
        List<String> names = new ArrayList<>(48);
        item.writeTo(new ItemJson(values, names));
        if (statements.size() > MAX_TEXTS) {
            statements.clear();
        }
        Bytes statement = statements.computeIfAbsent(names, this::statement);
        return new Bytes(values.size() + statement.size() + 64)
                .ascii("{\"Statement\":")
                .append(statement)
                .ascii(",\"Parameters\":[")
                .append(values)
                .ascii("]}");
    }

    private Bytes statement(List<String> names) {
        StringBuilder attributes = new StringBuilder(640);
        for (String name : names) {
            attributes
                    .append(attributes.isEmpty() ? "'" : ",'")
                    .append(name.replace("'", "''"))
                    .append("':?");
        }
        return new Bytes(700).json("INSERT INTO \"" + table + "\" VALUE {" + attributes + "}");
    }

    /** Runs the statements and answers what is known of them; gives those back that are worth another try. */
    private List<Insert> insert(
            List<Insert> batch, PutAnswer[] answers, Instant deadline, @Nullable Runnable meanwhile) {
        if (batch.size() == 1) {
            answers[batch.get(0).index] = null; // to be put
            return List.of();
        }
        Bytes body = new Bytes(
                batch.stream().mapToInt(insert -> insert.json.size() + 1).sum() + 64);
        String separator = "{\"Statements\":[";
        for (Insert insert : batch) {
            body.ascii(separator).append(insert.json);
            separator = ",";
        }
        ServiceAnswer answer = calls.call(PREFIX + "BatchExecuteStatement", body.ascii("]}"), deadline, meanwhile);
        if (answer instanceof ServiceAnswer.Failed failed) {
            for (Insert insert : batch) {
                if (!failed.code().isEmpty()) {
                    answers[insert.index] = null; // to be put
                } else if (answers[insert.index] == null) {
                    answers[insert.index] = failed(failed);
                }
            }
            return List.of();
        }
        List<JsonObject> responses =
                JsonObject.read(((ServiceAnswer.Done) answer).http().body()).objects("Responses");
        List<Insert> again = new ArrayList<>(0);
        for (int i = 0; i < batch.size(); i++) {
            Insert insert = batch.get(i);
            Object error =
                    responses.size() == batch.size() ? responses.get(i).values().get("Error") : "not told";
            answers[insert.index] = error == null ? new PutAnswer.Written() : null; // to be put
            if (error instanceof JsonObject told && ServiceCalls.isPassing(told.text("Code"))) {
                answers[insert.index] = new PutAnswer.Failed(
                        "table " + table + ": " + told.text("Code") + ": " + told.text("Message"), null);
                again.add(insert);
            }
        }
        return again;
    }

    private PutAnswer put(TableItem item, Instant deadline, @Nullable Runnable meanwhile) {
        Bytes body = new Bytes(1536)
                .ascii("{\"TableName\":")
                .json(table)
                .ascii(",\"ConditionExpression\":\"attribute_not_exists(")
                .ascii(keyAttribute)
                .ascii(")\",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\",\"Item\":{");
        item.writeTo(new ItemJson(body, null));
        ServiceAnswer answer = calls.call(PREFIX + "PutItem", body.ascii("}}"), deadline, meanwhile);
        return answer instanceof ServiceAnswer.Failed failed ? failed(failed) : new PutAnswer.Written();
    }

    private PutAnswer failed(ServiceAnswer.Failed failed) {
        String message = failed.message();
        if (failed.code().equals("ConditionalCheckFailedException")) {
            ExistingItem existing = ExistingItemJson.read(failed.body());
            if (existing != null) {
                return new PutAnswer.Taken(existing);
            }
            message = "its key is taken, but the answer doesn't say by what: " + message;
        }
        return failed.code().equals("ValidationException") && message.contains("Item size")
                ? new PutAnswer.TooLarge(message)
                : new PutAnswer.Failed("table " + table + ": " + message, failed.cause());
    }
}
