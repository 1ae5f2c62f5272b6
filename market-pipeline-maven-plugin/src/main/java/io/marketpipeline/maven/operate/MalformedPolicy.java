package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.config.UserFixableException;

/** What is done about rows that make no event. */
public enum MalformedPolicy {
    /** All files are read through first; if any row is malformed, nothing is sent. */
    FAIL,
    /** Malformed rows are told, counted, written to the manifest, and left out. */
    SKIP;

    /** The policy of a name, {@code fail} or {@code skip}. */
    public static MalformedPolicy of(String name) {
        for (MalformedPolicy policy : values()) {
            if (policy.name().equalsIgnoreCase(name)) {
                return policy;
            }
        }
        throw new UserFixableException("-DonMalformed (<onMalformed>) is '" + name
                + "', must be fail (send nothing if a row is malformed) or skip (leave such rows out); example: skip");
    }
}
