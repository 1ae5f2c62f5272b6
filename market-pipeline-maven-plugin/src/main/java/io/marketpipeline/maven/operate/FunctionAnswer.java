package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.marketpipeline.audit.AuditStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the function answered to one payload. Immutable.
 *
 * @param outcomes of its events, in order; empty if the function failed
 * @param reasons of the refused events
 * @param failure why there are no outcomes; empty if there are
 */
record FunctionAnswer(List<AuditStatus> outcomes, List<String> reasons, String failure) {
    FunctionAnswer {
        outcomes = List.copyOf(outcomes);
        reasons = List.copyOf(reasons);
    }

    static FunctionAnswer failed(String why) {
        return new FunctionAnswer(List.of(), List.of(), why);
    }

    /**
     * Reads the answer of an invocation.
     *
     * @param functionError Lambda's word for the failure; empty if the function returned normally
     */
    static FunctionAnswer of(Optional<String> functionError, String payload) {
        JsonNode json;
        try {
            json = JsonRows.tree(payload);
        } catch (JsonProcessingException e) {
            return failed("the function's answer isn't JSON");
        }
        if (functionError.isPresent()) {
            String message = json.path("errorMessage").asText();
            return failed(message.isEmpty() ? "the function failed (" + functionError.get() + ")" : message);
        }
        List<AuditStatus> outcomes = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        Iterable<JsonNode> events = json.path("outcomes").isArray() ? json.path("outcomes") : List.of(json);
        for (JsonNode event : events) {
            Optional<AuditStatus> outcome = outcome(event.path("outcome").asText());
            if (outcome.isEmpty()) {
                return failed("the function's answer names no outcome; is its handler a MarketPipelineHandler?");
            }
            outcomes.add(outcome.get());
            if (outcome.get() == AuditStatus.REJECTED) {
                reasons.add(event.path("reason").asText());
            }
        }
        return outcomes.isEmpty() ? failed("there was no event in it") : new FunctionAnswer(outcomes, reasons, "");
    }

    private static Optional<AuditStatus> outcome(String name) {
        for (AuditStatus status : List.of(AuditStatus.SUCCESS, AuditStatus.DUPLICATE, AuditStatus.REJECTED)) {
            if (status.name().equals(name)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /** Whether each event is stored, or refused and dead-lettered anew: the letter has done its work. */
    boolean isFinal() {
        return failure.isEmpty();
    }
}
