package io.marketpipeline.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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

    private static final JsonFactory JSON = new JsonFactory();

    /** One per statement, in order; none where the answer can't be read. */
    static List<StatementOutcome> read(byte[] body) {
        List<StatementOutcome> outcomes = new ArrayList<>(25);
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("Responses") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        outcomes.add(response(json));
                    }
                } else {
                    json.skipChildren();
                }
            }
            return outcomes;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static StatementOutcome response(JsonParser json) throws IOException {
        StatementOutcome outcome = DONE;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean error = json.currentName().equals("Error");
            JsonToken value = json.nextToken();
            if (error && value == JsonToken.START_OBJECT) {
                outcome = error(json);
            } else {
                json.skipChildren();
            }
        }
        return outcome;
    }

    private static StatementOutcome error(JsonParser json) throws IOException {
        StatementOutcome outcome = OTHER;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean code = json.currentName().equals("Code");
            JsonToken value = json.nextToken();
            if (code && value == JsonToken.VALUE_STRING && PASSING_CODES.contains(json.getText())) {
                outcome = PASSING;
            }
            json.skipChildren();
        }
        return outcome;
    }
}
