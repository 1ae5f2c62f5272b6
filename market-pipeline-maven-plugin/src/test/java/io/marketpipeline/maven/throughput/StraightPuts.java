package io.marketpipeline.maven.throughput;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.schema.StackNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a pipeline stored, put once more into the tables of another one: a row and its record, one after the other, as the
 * function does it, by requests that were made before the clock runs, over the JDK's cheapest client, so that next to
 * nothing but the tables' own time is left.
 */
final class StraightPuts {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI endpoint;
    private final StackNames from;
    private final StackNames to;

    StraightPuts(URI endpoint, StackNames from, StackNames to) {
        this.endpoint = endpoint;
        this.from = from;
        this.to = to;
    }

    /** Events a second that the tables take from so many threads. */
    double eventsPerSecond(int threads, long events) throws IOException, InterruptedException, ExecutionException {
        List<byte[]> rows = puts(from.marketDataTable(), to.marketDataTable(), MarketDataTable.EVENT_ID, events);
        List<byte[]> records = puts(from.auditTrailTable(), to.auditTrailTable(), AuditTrailTable.AUDIT_ID, events);
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> shares = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                shares.add(() -> put(rows, records, first, threads));
            }
            long start = System.nanoTime();
            int done = 0;
            for (Future<Integer> share : workers.invokeAll(shares)) {
                done += share.get();
            }
            return done * 1e9 / (System.nanoTime() - start);
        } finally {
            workers.shutdownNow();
        }
    }

    private int put(List<byte[]> rows, List<byte[]> records, int first, int step) throws IOException {
        int done = 0;
        for (int i = first; i < rows.size(); i += step) {
            answer("PutItem", rows.get(i));
            answer("PutItem", records.get(i));
            done++;
        }
        return done;
    }

    private List<byte[]> puts(String source, String target, String key, long events) throws IOException {
        List<byte[]> puts = new ArrayList<>();
        ObjectNode scan = MAPPER.createObjectNode().put("TableName", source);
        while (puts.size() < events) {
            JsonNode page = MAPPER.readTree(answer("Scan", MAPPER.writeValueAsBytes(scan)));
            for (JsonNode item : page.path("Items")) {
                if (puts.size() < events) {
                    ObjectNode put = MAPPER.createObjectNode().put("TableName", target);
                    put.set("Item", item);
                    put.put("ConditionExpression", "attribute_not_exists(" + key + ")");
                    put.put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
                    puts.add(MAPPER.writeValueAsBytes(put));
                }
            }
            if (!page.has("LastEvaluatedKey") && puts.size() < events) {
                throw new IOException(source + " holds " + puts.size() + " items, not " + events);
            }
            scan.set("ExclusiveStartKey", page.path("LastEvaluatedKey"));
        }
        return puts;
    }

    private byte[] answer(String operation, byte[] request) throws IOException {
        HttpURLConnection call = (HttpURLConnection) endpoint.toURL().openConnection();
        call.setDoOutput(true);
        call.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
        call.setRequestProperty("X-Amz-Target", "DynamoDB_20120810." + operation);
        call.setRequestProperty(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
                        + " SignedHeaders=host, Signature=unchecked");
        try (OutputStream out = call.getOutputStream()) {
            out.write(request);
        }
        boolean done = call.getResponseCode() == 200;
        try (InputStream in = done ? call.getInputStream() : call.getErrorStream()) {
            byte[] body = in.readAllBytes();
            if (!done) {
                throw new IOException("DynamoDB Local answered " + call.getResponseCode() + ": "
                        + new String(body, StandardCharsets.UTF_8));
            }
            return body;
        }
    }
}
