package io.marketpipeline.event;

import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.text.Surrogates;

/** Names that users may give to attributes of their own. */
final class OwnAttributes {
    private OwnAttributes() {}

    static String checkedName(String name) {
        if (name.isEmpty() || name.length() > 255) {
            throw new IllegalArgumentException("an attribute's name has 1 to 255 characters, not " + name.length());
        }
        if (MarketDataTable.ATTRIBUTES.contains(name)) {
            throw new IllegalArgumentException(
                    "attribute '" + name + "' is one of the row's own; choose another name for yours");
        }
        return Surrogates.whole(name);
    }
}
