package io.marketpipeline.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What became of one statement of a batch. */
enum StatementOutcome {
    DONE,
    /** Another try may succeed. */
    PASSING,
    /** The key is taken, or the statement was refused. */
    OTHER;

    /** DynamoDB API reference, BatchStatementError. */
    private static final Set<String> PASSING_CODES = Set.of(
            "InternalServerError",
            "ProvisionedThroughputExceeded",
            "RequestLimitExceeded",
            "ThrottlingError",
            "TransactionConflict");

    /** One per statement, in order; none where the answer can't be read. */
    static List<StatementOutcome> read(byte[] body) {
        List<StatementOutcome> outcomes = new ArrayList<>(25);
        try {
            for (JsonObject response : JsonObject.read(body).objects("Responses")) {
                JsonObject error = response.object("Error");
                outcomes.add(error == null ? DONE : PASSING_CODES.contains(error.text("Code")) ? PASSING : OTHER);
            }
            return outcomes;
        } catch (IOException e) {
            return List.of();
        }
    }
}
