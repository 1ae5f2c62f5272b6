package io.marketpipeline.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of what was asked for. Immutable.
 *
 * @param items in the order asked for
 * @param next token of the next page, to be given back as it is; empty on the last page
 * @param <T> what was read
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }
}
