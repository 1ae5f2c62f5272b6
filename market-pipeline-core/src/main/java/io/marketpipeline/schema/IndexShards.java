package io.marketpipeline.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * Spreads what has one key in an index over several, {@code XNAS#0} to {@code XNAS#7}, since DynamoDB writes at most
 * 1,000 units a second under one. Which one an event goes to follows from its identity, so that a repeated event has the
 * same. With one shard keys are as they are, and no row tells that there is such a thing.
 *
 * @param count how many, from 1
 */
public record IndexShards(int count) {
    /** Most shards that make sense: each costs every read a query. */
    public static final int MAX = 2000;

    private static final IndexShards ONE = new IndexShards(1);

    /** Throws {@link IllegalArgumentException} for fewer than 1 or more than {@link #MAX}. */
    public IndexShards {
        if (count < 1 || count > MAX) {
            throw new IllegalArgumentException("shards must be 1 to " + MAX + ", not " + count);
        }
    }

    /** One shard: plain keys. */
    public static IndexShards one() {
        return ONE;
    }

    /** Which shard an event goes to, from 0. */
    public int of(String eventId) {
        // Murmur's last step: without it identities that count upwards in tens would meet in few shards.
        int hash = eventId.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return Math.floorMod(hash ^ (hash >>> 16), count);
    }

    /** The key of an event in an index. */
    public String key(String value, String eventId) {
        return count == 1 ? value : key(value, of(eventId));
    }

    /** Every key that rows of a value may have: the plain one, of before there were shards, and one a shard. */
    public List<String> keys(String value) {
        List<String> keys = new ArrayList<>(count + 1);
        keys.add(value);
        for (int shard = 0; shard < count && count > 1; shard++) {
            keys.add(key(value, shard));
        }
        return keys;
    }

    /** The value behind a key of that shard; a key of another is given back as it is. */
    public static String value(String key, long shard) {
        String suffix = "#" + shard;
        return key.endsWith(suffix) ? key.substring(0, key.length() - suffix.length()) : key;
    }

    private static String key(String value, int shard) {
        return value + "#" + shard;
    }
}
