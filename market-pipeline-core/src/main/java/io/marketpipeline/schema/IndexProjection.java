package io.marketpipeline.schema;

/** What the tables' indexes hold of an item. */
public enum IndexProjection {
    /** All of it: a read by index is one query a page. */
    ALL,
    /** Its keys: smaller, and cheaper to write for items above 1 KB; a read by index then gets each item from the table. */
    KEYS
}
