package io.marketpipeline.wire;

import io.marketpipeline.http.JsonObject;
import io.marketpipeline.puts.ExistingItem;
import io.marketpipeline.puts.ItemPuts;
import io.marketpipeline.puts.ParallelCalls;
import io.marketpipeline.puts.PutAnswer;
import io.marketpipeline.schema.TableItem;
import io.marketpipeline.text.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
        List<List<Insert>> batches = batches(items);
        // Several are sent by several threads, which leave the processor nothing to wait for.
        Runnable whileOne = batches.size() == 1 ? meanwhile : null;
        parallel.map(batches, batch -> insert(batch, answers, deadline, whileOne));
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] == null) {
                open.add(i);
            }
        }
        parallel.map(open, i -> answers[i] = put(items.get(i), deadline, null));
        return List.of(answers);
    }

    /** A statement with its parameters, and the place of its item. */
    private record Insert(int index, Bytes json) {}

    /** Of equal keys only the first is in a batch; the others are put by themselves, later. */
    private List<List<Insert>> batches(List<? extends TableItem> items) {
        List<List<Insert>> batches = new ArrayList<>();
        List<Insert> batch = List.of();
        Set<Object> keys = new HashSet<>();
        int bytes = ENOUGH_BYTES;
        for (int i = 0; i < items.size(); i++) {
            if (keys.add(items.get(i).key())) {
                if (batch.size() == MAX_STATEMENTS || bytes >= ENOUGH_BYTES) {
                    batch = new ArrayList<>(MAX_STATEMENTS);
                    batches.add(batch);
                    bytes = 0;
                }
                Bytes json = insert(items.get(i));
                batch.add(new Insert(i, json));
                bytes += json.size();
            }
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

    /** Runs the statements and answers those that did what they say, or all of them where nothing is known of any. */
    private boolean insert(List<Insert> batch, PutAnswer[] answers, Instant deadline, @Nullable Runnable meanwhile) {
        if (batch.size() == 1) {
            return false;
        }
        int bytes = 64;
        for (Insert insert : batch) {
            bytes += insert.json.size() + 1;
        }
        Bytes body = new Bytes(bytes);
        String separator = "{\"Statements\":[";
        for (Insert insert : batch) {
            body.ascii(separator).append(insert.json);
            separator = ",";
        }
        ServiceAnswer answer = calls.call(PREFIX + "BatchExecuteStatement", body.ascii("]}"), deadline, meanwhile);
        List<JsonObject> responses = answer instanceof ServiceAnswer.Done done
                ? JsonObject.read(done.http().body()).objects("Responses")
                : List.of();
        boolean whole = responses.size() == batch.size();
        for (int i = 0; i < batch.size(); i++) {
            if (whole && responses.get(i).object("Error") == null) {
                answers[batch.get(i).index] = new PutAnswer.Written();
            } else if (answer instanceof ServiceAnswer.Failed failed
                    && failed.code().isEmpty()) {
                answers[batch.get(i).index] = failed(failed);
            }
        }
        return true;
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
