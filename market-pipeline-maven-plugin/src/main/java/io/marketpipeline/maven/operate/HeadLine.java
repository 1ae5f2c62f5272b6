package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.schema.ChainLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The line that fixes the head of an audit chain, {@code {"auditChain":{"writerId":"...","number":42,"sha256":"..."}}}: in
 * the function's log, and in a redrive's report, {@code redrive-<env>-<time>.jsonl} in the project's
 * {@code target/market-pipeline}, for each letter of which the run itself wrote records, so that the last such line fixes
 * them all. The fields are those of {@link ChainLines}; others beside them don't matter.
 */
public final class HeadLine {
    private static final JsonMapper JSON = new JsonMapper();

    private HeadLine() {}

    /** The line of a head, without its end. */
    public static String of(ChainHead head) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode chain = line.putObject(ChainLines.AUDIT_CHAIN)
                .put(ChainLines.WRITER_ID, head.writerId())
                .put(ChainLines.NUMBER, head.number())
                .put(ChainLines.SHA256, head.sha256());
        if (!head.skipped().isEmpty()) {
            ArrayNode skipped = chain.putArray(ChainLines.SKIPPED);
            head.skipped().forEach(skipped::add);
        }
        return line.toString();
    }

    /** The head that a line fixes; empty for any other line, which may quote the field's name. */
    public static Optional<ChainHead> read(String line) {
        JsonNode chain;
        try {
            chain = JSON.readTree(line).path(ChainLines.AUDIT_CHAIN);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!chain.isObject()) {
            return Optional.empty();
        }
        List<Long> skipped = new ArrayList<>();
        chain.path(ChainLines.SKIPPED).forEach(number -> skipped.add(number.asLong()));
        return Optional.of(new ChainHead(
                chain.path(ChainLines.WRITER_ID).asText(),
                chain.path(ChainLines.NUMBER).asLong(),
                chain.path(ChainLines.SHA256).asText(),
                skipped));
    }
}
