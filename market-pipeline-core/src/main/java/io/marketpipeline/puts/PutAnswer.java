package io.marketpipeline.puts;

import org.jspecify.annotations.Nullable;

/** What became of one conditional put. */
public sealed interface PutAnswer {
    /** The item is written. */
    record Written() implements PutAnswer {}

    /** The key is taken by an item that was left as it is. */
    record Taken(ExistingItem existing) implements PutAnswer {}

    /** The item exceeds what DynamoDB takes. */
    record TooLarge(String message) implements PutAnswer {}

    /** Not known to be written. */
    record Failed(String message, @Nullable Throwable cause) implements PutAnswer {}
}
