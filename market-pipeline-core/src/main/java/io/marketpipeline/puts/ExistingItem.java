package io.marketpipeline.puts;

import org.jspecify.annotations.Nullable;

/**
 * What an item that is already there says about its origin. Both tables name these attributes alike; null stands for an
 * attribute that the item doesn't have.
 *
 * @param rawData the event's raw data, which tells rows of the Terraform original apart that have no hash
 */
public record ExistingItem(
        @Nullable String requestId,
        @Nullable String rawSha256,
        @Nullable String rawData,
        @Nullable Long storedAtMillis) {}
