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
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
        boolean[] written = new boolean[items.size()];
        List<List<Insert>> batches = batches(items);
        // Several are sent by several threads, which leave the processor nothing to wait for.
        Runnable whileOne = batches.size() == 1 ? meanwhile : null;
        parallel.map(batches, batch -> insert(batch, written, deadline, whileOne));
        List<Integer> open = IntStream.range(0, written.length)
                .filter(i -> !written[i])
                .boxed()
                .toList();
        List<PutAnswer> single = parallel.map(open, i -> put(items.get(i), deadline, null));
        List<PutAnswer> answers = new ArrayList<>(Collections.nCopies(written.length, new PutAnswer.Written()));
        for (int i = 0; i < open.size(); i++) {
            answers.set(open.get(i), single.get(i));
        }
        return answers;
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

    /** Runs the statements and notes those that did what they say. */
    private boolean insert(List<Insert> batch, boolean[] written, Instant deadline, @Nullable Runnable meanwhile) {
        Backoff backoff = new Backoff();
        List<Insert> pending = batch;
        while (pending.size() > 1) {
            Bytes body = new Bytes(64
                    + pending.stream()
                            .mapToInt(insert -> insert.json.size() + 1)
                            .sum());
            String separator = "{\"Statements\":[";
            for (Insert insert : pending) {
                body.ascii(separator).append(insert.json);
                separator = ",";
            }
            ServiceAnswer answer = calls.call(PREFIX + "BatchExecuteStatement", body.ascii("]}"), deadline, meanwhile);
            pending = answer instanceof ServiceAnswer.Done done
                    ? note(pending, done.http().body(), written)
                    : List.of();
            if (pending.isEmpty() || !calls.pausedBefore(deadline, backoff)) {
                break;
            }
        }
        return true;
    }

    /** Notes what is written; gives those back that are worth another try. A taken key, or a refusal, is asked as a put. */
    private static List<Insert> note(List<Insert> batch, byte[] body, boolean[] written) {
        List<JsonObject> responses = JsonObject.read(body).objects("Responses");
        List<Insert> again = new ArrayList<>(0);
        for (int i = 0; i < batch.size() && responses.size() == batch.size(); i++) {
            JsonObject error = responses.get(i).object("Error");
            if (error == null) {
                written[batch.get(i).index] = true;
            } else if (ServiceCalls.isPassing(error.text("Code"))) {
                again.add(batch.get(i));
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
