package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.config.UserFixableException;

/** How rows are printed. */
public enum OutputFormat {
    TABLE,
    JSON,
    CSV;

    /** The format of a name, {@code table}, {@code json} or {@code csv}. */
    public static OutputFormat of(String name) {
        for (OutputFormat format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return format;
            }
        }
        throw new UserFixableException("-Dformat is '" + name + "', must be table, json or csv; example: json");
    }
}
