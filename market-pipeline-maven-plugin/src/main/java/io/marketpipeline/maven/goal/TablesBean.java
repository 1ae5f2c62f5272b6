package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import org.jspecify.annotations.Nullable;

/** Element {@code <tables>}. */
public final class TablesBean {
    /** {@code PAY_PER_REQUEST} (default) or {@code PROVISIONED}. */
    private @Nullable String billing;

    /** Read units a second of each table; only with {@code PROVISIONED}, default 5. */
    private @Nullable String readCapacity;

    /** Write units a second of each table; only with {@code PROVISIONED}, default 5. */
    private @Nullable String writeCapacity;

    /** Read units a second of each index; the tables' by default. */
    private @Nullable String indexReadCapacity;

    /** Write units a second of each index; the tables' by default. */
    private @Nullable String indexWriteCapacity;

    /** {@code owned}, {@code managed} (default) or {@code customer}. */
    private @Nullable String encryption;

    /** A KMS key of yours; with {@code customer} and no ARN the stack makes one. */
    private @Nullable String keyArn;

    /** Days that point-in-time recovery reaches back, 1 to 35, or 0 for none; default 35. */
    private @Nullable String pitrDays;

    /**
     * Over how many keys each venue, symbol and detail type is spread in the indexes, 1 to 2000; default 1. More bear more
     * events a second, and cost each read by index as many queries.
     */
    private @Nullable String indexShards;

    /** How many shards reads look into; {@code <indexShards>} by default. After lowering that, the former number. */
    private @Nullable String readShards;

    /**
     * What the indexes hold: {@code all} (default), or {@code keys}, which takes less storage, and fewer write units for rows
     * above 1 KB; a read by index then also gets each row from its table. A change makes the indexes anew.
     */
    private @Nullable String indexProjection;

    /** Whether the tables refuse to be deleted; default {@code false}. */
    private @Nullable String protection;

    /** Whether the tables stay when the stack is destroyed; default {@code false}. */
    private @Nullable String retain;

    Element element() {
        return Element.group("tables")
                .value("billing", billing)
                .value("readCapacity", readCapacity)
                .value("writeCapacity", writeCapacity)
                .value("indexReadCapacity", indexReadCapacity)
                .value("indexWriteCapacity", indexWriteCapacity)
                .value("encryption", encryption)
                .value("keyArn", keyArn)
                .value("pitrDays", pitrDays)
                .value("indexShards", indexShards)
                .value("readShards", readShards)
                .value("indexProjection", indexProjection)
                .value("protection", protection)
                .value("retain", retain)
                .build();
    }
}
