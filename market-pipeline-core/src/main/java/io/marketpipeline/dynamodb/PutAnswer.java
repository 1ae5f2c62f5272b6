package io.marketpipeline.dynamodb;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What became of one conditional put. */
sealed interface PutAnswer {
    /** The item is written. */
    record Written() implements PutAnswer {}

    /** The key is taken by an item that was left as it is. */
    record Taken(Map<String, AttributeValue> existing) implements PutAnswer {}

    /** The item exceeds what DynamoDB takes. */
    record TooLarge(String message) implements PutAnswer {}

    /** Not known to be written. */
    record Failed(String message, @Nullable Throwable cause) implements PutAnswer {}
}
