package io.marketpipeline.lambda;

import java.util.Map;

/** What the function may write with, as {@link io.marketpipeline.schema.FunctionVariables#CLIENT} names it. */
enum Client {
    LEAN,
    SDK;

    /**
     * Opens it.
     *
     * @param variables the function's environment
     */
    WriteClient open(Map<String, String> variables) {
        return this == LEAN ? new LeanClient(variables) : new SdkClient();
    }
}
