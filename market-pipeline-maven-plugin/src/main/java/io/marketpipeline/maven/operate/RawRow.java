package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row as the file has it.
 *
 * @param line where it begins, from 1
 * @param number its place among the rows, from 1; the header doesn't count
 * @param fields in the file's order, empty ones left out
 * @param problem why it can't be read; empty if it can
 */
record RawRow(long line, long number, Map<String, JsonNode> fields, String problem) {
    static RawRow unreadable(long line, long number, String problem) {
        return new RawRow(line, number, new LinkedHashMap<>(), problem);
    }
}
