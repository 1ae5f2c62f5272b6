package io.marketpipeline.maven.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * A call of several statements of which every other one fails by itself, as DynamoDB's may (API reference,
 * BatchStatementError): the answer is HTTP 200.
 *
 * @param first whether the first one fails, the third, and so on; else the second
 * @param code what those fail with
 */
record FailedStatements(boolean first, String code) {
    static final String TARGET = "DynamoDB_20120810.BatchExecuteStatement";

    /** What an {@code INSERT} can get, but for {@code DuplicateItem}, which only a real condition can answer. */
    private static final List<String> CODES = List.of(
            "AccessDenied",
            "InternalServerError",
            "ItemCollectionSizeLimitExceeded",
            "ProvisionedThroughputExceeded",
            "RequestLimitExceeded",
            "ResourceNotFound",
            "ThrottlingError",
            "TransactionConflict",
            "ValidationError");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those of a call. */
    static FailedStatements of(String key, int attempt) {
        int draw = Math.floorMod(31 * key.hashCode() + attempt, 2 * CODES.size());
        return new FailedStatements(draw < CODES.size(), CODES.get(draw % CODES.size()));
    }

    private boolean fails(int statement) {
        return statement % 2 == (first ? 0 : 1);
    }

    /** The call without the statements that fail. */
    String withoutThem(String call) throws IOException {
        ObjectNode kept = (ObjectNode) JSON.readTree(call);
        ArrayNode statements = kept.putArray("Statements");
        int next = 0;
        for (JsonNode statement : JSON.readTree(call).get("Statements")) {
            if (!fails(next++)) {
                statements.add(statement);
            }
        }
        return kept.toString();
    }

    /**
     * The answer to all statements.
     *
     * @param call all statements
     * @param answer to all of them, or to those that don't fail
     */
    String among(String call, String answer) throws IOException {
        int all = JSON.readTree(call).get("Statements").size();
        JsonNode given = JSON.readTree(answer).get("Responses");
        ObjectNode told = JSON.createObjectNode();
        ArrayNode responses = told.putArray("Responses");
        int next = 0;
        for (int i = 0; i < all; i++) {
            if (fails(i)) {
                responses.addObject().putObject("Error").put("Code", code).put("Message", "injected " + code);
                next += given.size() == all ? 1 : 0;
            } else {
                responses.add(given.get(next++));
            }
        }
        return told.toString();
    }
}
