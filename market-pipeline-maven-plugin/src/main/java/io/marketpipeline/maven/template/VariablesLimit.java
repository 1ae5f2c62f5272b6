package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Problem;
import io.marketpipeline.schema.FunctionVariables;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Lambda's limit of a function's environment variables, which a long configuration can reach. */
public final class VariablesLimit {
    /** Lambda quotas: "Environment variables". Lambda measures their JSON. */
    private static final int MAX_VARIABLES = 4096;

    /** Variables that grow with the configuration, and the element that each holds. */
    private static final Map<String, String> ELEMENTS = Map.of(
            FunctionVariables.DETAIL_TYPES, "<rules>",
            FunctionVariables.TTL, "<ttl><rules>",
            FunctionVariables.NEGATIVE_PRICES, "<negativePrices>",
            FunctionVariables.IDENTITY, "<identity>");

    private VariablesLimit() {}

    /** A problem with the element that takes most of the room, where all together take too much. */
    public static List<Problem> problems(PipelineConfig config) {
        Properties variables = new FunctionVariablesOf(config).measured();
        int length = Json.write(variables).length();
        if (length <= MAX_VARIABLES) {
            return List.of();
        }
        String largest = ELEMENTS.keySet().stream()
                .max(Comparator.comparingInt(name -> lengthOf(variables, name)))
                .orElseThrow();
        return List.of(new Problem(
                ELEMENTS.getOrDefault(largest, ""),
                "takes " + lengthOf(variables, largest) + " of the " + length
                        + " characters of the function's environment variables",
                "Lambda takes " + MAX_VARIABLES + " for all of them: name fewer here, or decide the rest in the"
                        + " function's own class",
                "a TtlPolicy there for <ttl><rules>"));
    }

    private static int lengthOf(Properties variables, String name) {
        return String.valueOf(variables.entries().getOrDefault(name, "")).length();
    }
}
