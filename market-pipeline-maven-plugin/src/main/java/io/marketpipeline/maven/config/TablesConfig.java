package io.marketpipeline.maven.config;

import io.marketpipeline.schema.IndexProjection;
import io.marketpipeline.schema.IndexShards;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Both tables.
 *
 * @param capacity of each table; empty unless billing is provisioned
 * @param indexCapacity of each index; empty unless billing is provisioned
 * @param keyArn a key of the user's; empty where the stack makes one or none is used
 * @param pitrDays days that point-in-time recovery reaches back, 1 to 35; empty for none
 * @param indexShards over how many keys a venue, a symbol and a detail type are spread in the indexes
 * @param readShards as many as there ever were of rows that shall be found
 * @param indexProjection what the indexes hold of a row or record
 * @param protection whether the tables refuse to be deleted
 * @param retain whether the tables, and a key that the stack made for them, stay even when {@code destroy} is told to
 *     delete the data. The template never says {@code DeletionPolicy: Delete} for them: it says {@code Retain} where
 *     this is set and {@code RetainExceptOnCreate} where it isn't, since CloudFormation takes over again
 *     ({@code ImportExistingResources}) only resources with one of the two. {@code destroy -DdeleteData} changes the
 *     policy of the deployed stack before it deletes it.
 */
public record TablesConfig(
        Billing billing,
        Optional<Capacity> capacity,
        Optional<Capacity> indexCapacity,
        Encryption encryption,
        Optional<String> keyArn,
        OptionalInt pitrDays,
        IndexShards indexShards,
        IndexShards readShards,
        IndexProjection indexProjection,
        boolean protection,
        boolean retain) {
    private static final List<String> CAPACITIES =
            List.of("readCapacity", "writeCapacity", "indexReadCapacity", "indexWriteCapacity");
    private static final int DEFAULT_CAPACITY = 5;
    private static final int MAX_CAPACITY = 40_000;

    /** How throughput is paid. */
    public enum Billing {
        PAY_PER_REQUEST,
        PROVISIONED
    }

    /** Whose key encrypts. */
    public enum Encryption {
        /** DynamoDB's own, free, not in the account. */
        OWNED,
        /** AWS's key in the account ({@code aws/dynamodb}). */
        MANAGED,
        /** The customer's: the one named, or one that the stack makes. Queue, logs, topic and environment use it too. */
        CUSTOMER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static TablesConfig read(Reading tables) {
        Billing billing = tables.choice("billing", Billing.PAY_PER_REQUEST, Billing::name);
        if (billing == Billing.PAY_PER_REQUEST) {
            CAPACITIES.stream()
                    .filter(tables::isPresent)
                    .forEach(name -> tables.wrong(
                            name, "left out unless <billing> is PROVISIONED", Integer.toString(DEFAULT_CAPACITY)));
        }
        Capacity capacity = capacity(tables, "readCapacity", "writeCapacity", new Capacity(5, DEFAULT_CAPACITY));
        Capacity index = capacity(tables, "indexReadCapacity", "indexWriteCapacity", capacity);
        boolean provisioned = billing == Billing.PROVISIONED;
        Encryption encryption = tables.choice("encryption", Encryption.MANAGED, Encryption::label);
        Optional<String> keyArn = tables.text(
                "keyArn",
                "arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+",
                "the ARN of a KMS key (not of an alias)",
                "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
        if (encryption != Encryption.CUSTOMER && keyArn.isPresent()) {
            tables.wrong("encryption", "customer where <keyArn> is given", "customer");
        }
        int pitr = tables.integer("pitrDays", 35, 0, 35, "days, 0 for no point-in-time recovery");
        int shards = tables.integer("indexShards", 1, 1, IndexShards.MAX, "keys of each venue, symbol and detail type");
        int readShards = tables.integer("readShards", shards, 1, IndexShards.MAX, "shards that reads look into");
        if (readShards < shards) {
            tables.wrong(
                    "readShards",
                    "at least <indexShards>, " + shards + ", since reads would miss rows otherwise",
                    Integer.toString(shards));
        }
        return new TablesConfig(
                billing,
                provisioned ? Optional.of(capacity) : Optional.empty(),
                provisioned ? Optional.of(index) : Optional.empty(),
                encryption,
                keyArn,
                pitr == 0 ? OptionalInt.empty() : OptionalInt.of(pitr),
                new IndexShards(shards),
                new IndexShards(Math.max(shards, readShards)),
                tables.choice("indexProjection", IndexProjection.ALL, projection -> projection
                        .name()
                        .toLowerCase(Locale.ROOT)),
                tables.flag("protection", false),
                tables.flag("retain", false));
    }

    private static Capacity capacity(Reading tables, String read, String write, Capacity fallback) {
        return new Capacity(
                tables.integer(read, fallback.read(), 1, MAX_CAPACITY, "units a second"),
                tables.integer(write, fallback.write(), 1, MAX_CAPACITY, "units a second"));
    }
}
