package io.marketpipeline.maven.faults;

/** Decides what happens to a call. Called by several threads at once. */
@FunctionalInterface
interface FaultPlan {
    /** Everything works. */
    FaultPlan NOTHING = (table, key, attempt) -> Fault.NONE;

    /**
     * Decides.
     *
     * @param table the table that the call names
     * @param key the first key that the call names: an event id or an audit id
     * @param attempt how often this key was seen before in this table, from 0
     */
    Fault of(String table, String key, int attempt);
}
